import { costOf, type Direction, lastEpoch } from '../trial.js';
import { EpochCosts, type Pruner } from './pruner.js';

interface Halving {
  /** Of the trials of a rung, one in this many goes on. */
  readonly factor: number;
  /** The epoch of the first rung. */
  readonly first: number;
  /** The epoch of each rung is this many times that of the one before. */
  readonly spacing: number;
}

/** The constants of sweeps; a benchmark compares others. */
const DEFAULTS: Halving = { factor: 3, first: 1, spacing: 3 };

/**
 * Asynchronous successive halving without promotion: after 1, 3, 9, … epochs, prunes a trial unless it is among the best third of those that
 * have come as far, or the best of fewer than three. As in Optuna, a trial that is pruned is not continued when later ones turn out to be worse.
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

function isRung(epoch: number, { first, spacing }: Halving): boolean {
  let rung = first;
  while (rung < epoch) rung *= spacing;
  return rung === epoch;
}
