import { costOf, type Direction, lastEpoch } from '../trial.js';
import { EpochCosts, type Pruner } from './pruner.js';

/** No trial is pruned before so many are complete. */
const STARTUP_TRIALS = 5;

/**
 * Prunes a trial whose best epoch so far is worse than the median of the complete trials after as many epochs.
 * Source: D. Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017, with Optuna's constants.
 */
export function medianPruner(direction: Direction): Pruner {
  const complete = new EpochCosts(direction, ({ state }) => state === 'complete');
  return (trial, trials) => {
    complete.follow(trials);
    const last = lastEpoch(trial);
    if (last === undefined || complete.count < STARTUP_TRIALS) return false;
    const costs = complete.after(last.epoch).values;
    if (costs.length === 0) return false;
    const best = Math.min(...[...trial.epochs.values()].map((value) => costOf(value, direction)));
    return best > medianOf(costs);
  };
}

/** @param sorted in ascending order */
function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
