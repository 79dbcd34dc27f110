import { costOf, type Direction, lastEpoch } from '../trial.js';
import { EpochCosts, type Pruner } from './pruner.js';

/** A quarter of the trials of a rung are trained four times as long. */
const REDUCTION_FACTOR = 4;

/**
 * Asynchronous successive halving: after 1, 4, 16, … epochs, prunes a trial unless it is among the best quarter of those that have come
 * as far, or the best of fewer than four.
 * Source: L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020. As in Optuna, a trial that is pruned is
 * not continued when later ones turn out to be worse.
 */
export function successiveHalvingPruner(direction: Direction): Pruner {
  const ended = new EpochCosts(direction, () => true);
  return (trial, trials) => {
    const last = lastEpoch(trial);
    if (last === undefined || !isRung(last.epoch)) return false;
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
    return better >= Math.max(Math.floor(competing / REDUCTION_FACTOR), 1);
  };
}

function isRung(epoch: number): boolean {
  for (let rung = 1; rung <= epoch; rung *= REDUCTION_FACTOR) if (rung === epoch) return true;
  return false;
}
