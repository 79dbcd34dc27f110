import { costOf, lastEpoch } from '../trial.js';
import type { Pruner } from './pruner.js';

/** No trial is pruned before so many are complete. */
const STARTUP_TRIALS = 5;

/**
 * Prunes a trial whose best epoch so far is worse than the median of the complete trials after as many epochs.
 * Source: D. Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017, with Optuna's constants.
 */
export const prunesBelowMedian: Pruner = (trial, trials, direction) => {
  const last = lastEpoch(trial);
  const complete = trials.filter(({ state }) => state === 'complete');
  if (last === undefined || complete.length < STARTUP_TRIALS) return false;
  const costs = complete.flatMap(({ epochs }) => {
    const value = epochs.get(last.epoch);
    return value === undefined ? [] : [costOf(value, direction)];
  });
  if (costs.length === 0) return false;
  const best = Math.min(...[...trial.epochs.values()].map((value) => costOf(value, direction)));
  return best > medianOf(costs);
};

function medianOf(numbers: number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
