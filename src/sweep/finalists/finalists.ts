import { checkValues } from '../../core/arguments/checkOptions.js';
import * as records from '../../core/arguments/records.js';
import type { SeedRun } from '../journal/records.js';
import type { SweepState } from '../journal/replay.js';
import { bestTrial, costOf, type Trial } from '../trial.js';

/** How many trials are trained with other seeds. */
export const MAX_FINALISTS = 5;

/** A trial with its results for other seeds. */
export interface Finalist {
  readonly trial: Trial & { readonly value: number };
  /** One for each seed, in their order. */
  readonly runs: readonly SeedRun[];
}

/** What determines which trial is the best. */
export type SelectionState = Pick<SweepState, 'trials' | 'direction' | 'definition' | 'seedRuns'>;

/** The seeds with which finalists are trained besides the sweep's own; none if it has no finalists. */
export function seedsOf({ definition }: Pick<SweepState, 'definition'>): readonly number[] {
  return definition.seeds ?? [];
}

/**
 * The finalists of a sweep whose trials have ended: the best complete trials by their validation, at most `MAX_FINALISTS`, the best
 * first. None if the sweep has no other seeds.
 */
export function finalistsOf(state: SelectionState): Finalist[] {
  checkValues('finalistsOf', { sweep: state }, { sweep: records.sweep });
  const { trials, direction, seedRuns } = state;
  const seeds = seedsOf(state);
  if (seeds.length === 0) return [];
  const cost = ({ value }: { readonly value: number }) => costOf(value, direction);
  return trials
    .flatMap((trial) => {
      const { state: ended, value } = trial;
      return ended === 'complete' && value !== undefined ? [{ ...trial, value }] : [];
    })
    .sort((a, b) => cost(a) - cost(b) || a.number - b.number)
    .slice(0, MAX_FINALISTS)
    .map((trial) => ({ trial, runs: seeds.map((seed) => runOf(seedRuns, trial.number, seed)) }));
}

function runOf(runs: readonly SeedRun[], trial: number, seed: number): SeedRun {
  return runs.find((run) => run.trial === trial && run.seed === seed) ?? { trial, seed };
}

/** Whether a run with another seed has ended, in success or failure. */
export function hasEnded({ value, error }: SeedRun): boolean {
  return value !== undefined || error !== undefined;
}

/** The results of a finalist for the seeds with which its training did not fail. */
export function valuesOf({ runs }: Finalist): number[] {
  return runs.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

/** With how many seeds the training of a finalist failed, once it has been trained with all. */
export function failuresOf({ runs }: Finalist): number {
  return runs.filter(({ error }) => error !== undefined).length;
}

/** The mean result of a finalist for other seeds; undefined if there are none. */
export function meanOf(finalist: Finalist): number | undefined {
  const values = valuesOf(finalist);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The trial that is scored on the test images: the best one, or if the sweep has finalists, the one of them whose training failed with the
 * fewest seeds and among these, the one with the best mean. The result for the sweep's own seed does not count, since it was the reason
 * to select the trial and is therefore better than its results for other seeds on average.
 *
 * @returns undefined until all finalists have been trained with all seeds, or if no trial is complete
 */
export function selectedTrial(state: SelectionState): (Trial & { readonly value: number }) | undefined {
  checkValues('selectedTrial', { sweep: state }, { sweep: records.sweep });
  const { trials, direction } = state;
  if (seedsOf(state).length === 0) return bestTrial(trials, direction);
  const finalists = finalistsOf(state);
  if (trials.some((trial) => trial.state === 'running')) return undefined;
  if (!finalists.every(({ runs }) => runs.every(hasEnded))) return undefined;
  return inOrder(finalists, state).at(0)?.trial;
}

/** The trial that is selected or, as long as none is, the best one so far. */
export function leadingTrial(state: SelectionState): (Trial & { readonly value: number }) | undefined {
  return selectedTrial(state) ?? bestTrial(state.trials, state.direction);
}

/** Finalists that have been trained with all seeds, the selected one first. */
export function inOrder(
  finalists: readonly Finalist[],
  { direction }: Pick<SweepState, 'direction'>,
): Finalist[] {
  const cost = (finalist: Finalist) => {
    const mean = meanOf(finalist);
    return mean === undefined ? Number.MAX_VALUE : costOf(mean, direction);
  };
  return [...finalists].sort((a, b) => failuresOf(a) - failuresOf(b) || cost(a) - cost(b));
}
