import { costOf, type Direction, lastEpoch } from '../trial.js';
import { EpochCosts, type Pruner } from './pruner.js';

interface Halving {
  /** Of the trials of a rung, one in so many is trained so many times as long. */
  readonly factor: number;
  /** The epoch of the first rung. */
  readonly first: number;
  /** How many rungs there are at most. */
  readonly rungs: number;
}

/** The constants of sweeps; a benchmark compares others. */
const DEFAULTS: Halving = { factor: 4, first: 1, rungs: Infinity };

/**
 * Asynchronous successive halving: after 1, 4, 16, … epochs, prunes a trial unless it is among the best quarter of those that have come
 * as far, or the best of fewer than four.
 * Source: L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020. As in Optuna, a trial that is pruned is
 * not continued when later ones turn out to be worse.
 */
export function successiveHalvingPruner(direction: Direction, halving = DEFAULTS): Pruner {
  const { factor } = halving;
  const ended = new EpochCosts(direction, () => true);
  return (trial, trials) => {
    const last = lastEpoch(trial);
    if (last === undefined || !isRung(last.epoch, halving)) return false;
    const cost = costOf(last.value, direction);
    const running = ended.follow(trials);
    // A trial has a value at a rung only if it passed the ones before.
    const rung = ended.after(last.epoch);
    let [competing, better] = [1 + rung.values.length, rung.countBelow(cost)];
    for (const { number, epochs } of running) {
      const value = epochs.get(last.epoch);
      if (number === trial.number || value === undefined) continue;
      competing++;
      if (costOf(value, direction) < cost) better++;
    }
    return better >= Math.max(Math.floor(competing / factor), 1);
  };
}

function isRung(epoch: number, { factor, first, rungs }: Halving): boolean {
  for (let index = 0, rung = first; index < rungs && rung <= epoch; index++, rung *= factor) {
    if (rung === epoch) return true;
  }
  return false;
}
