import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { ACCURACY_RANGE, type ValueRange } from '../runs/compare/statistics.js';
import type { Config } from '../train/config.js';
import type { Params } from './space/space.js';

const DIRECTIONS = ['maximize', 'minimize'] as const;

/** Whether the metric by which trials are ranked, of the validation, is better if it is higher or lower. */
export type Direction = (typeof DIRECTIONS)[number];

/** Which values of the metric are better that a configuration monitors. */
export function directionOf({ monitor }: Pick<Config, 'monitor'>): Direction {
  return monitor === 'accuracy' ? 'maximize' : 'minimize';
}

/** One configuration of a sweep, and what is known of its training. */
export interface Trial {
  /** From 0. */
  readonly number: number;
  readonly params: Params;
  /** `failed`: training ended with an error. */
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  /** The metric after each epoch, counted from 1. */
  readonly epochs: ReadonlyMap<number, number>;
  /** The metric of the best epoch of a complete trial, and of the last one of a pruned trial. */
  readonly value: number | undefined;
  /** The epoch after which it is paused, if it is; see `isPaused`. */
  readonly until?: number | undefined;
  /** The name of its run folder within the sweep's; undefined until the run has started. */
  readonly run: string | undefined;
  /** Why it failed. */
  readonly error: string | undefined;
}

/** Whether a trial, which has not ended, is trained further only if it is among the best. */
export function isPaused({ state, until, epochs }: Pick<Trial, 'state' | 'until' | 'epochs'>): boolean {
  return state === 'running' && until !== undefined && epochs.has(until);
}

/** The state of a trial in words. */
export function stateOfTrial(trial: Pick<Trial, 'state' | 'until' | 'epochs'>): Trial['state'] | 'paused' {
  return isPaused(trial) ? 'paused' : trial.state;
}

/** The values that a metric can have: those of an accuracy, or of a loss. */
export function rangeOf(direction: Direction): ValueRange {
  return direction === 'maximize' ? ACCURACY_RANGE : { min: 0 };
}

/** A metric such that lower is better. */
export function costOf(value: number, direction: Direction): number {
  return direction === 'maximize' ? -value : value;
}

const KINDS = {
  trials: { what: 'an array of trials, such as readSweep(folder).trials', accepts: Array.isArray },
  direction: kinds.oneOf(DIRECTIONS),
} as const;

/** The complete trial with the best value; the first of several equal ones. */
export function bestTrial(
  trials: readonly Trial[],
  direction: Direction,
): (Trial & { value: number }) | undefined {
  checkValues('bestTrial', { trials, direction }, KINDS);
  let best: (Trial & { value: number }) | undefined;
  for (const trial of trials) {
    const { state, value } = trial;
    if (state !== 'complete' || value === undefined) continue;
    if (best === undefined || costOf(value, direction) < costOf(best.value, direction))
      best = { ...trial, value };
  }
  return best;
}

/** The last epoch of a trial with its metric; undefined before the first one. */
export function lastEpoch({ epochs }: Pick<Trial, 'epochs'>): { epoch: number; value: number } | undefined {
  const epoch = Math.max(...epochs.keys());
  const value = epochs.get(epoch);
  return value === undefined ? undefined : { epoch, value };
}

/** The metric of the best epoch of a trial; undefined before the first one. */
export function bestOfEpochs({ epochs }: Pick<Trial, 'epochs'>, direction: Direction): number | undefined {
  const values = [...epochs.values()].sort((a, b) => costOf(a, direction) - costOf(b, direction));
  return values.at(0);
}
