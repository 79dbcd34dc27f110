import { checkValues } from '../../core/arguments/checkOptions.js';
import * as records from '../../core/arguments/records.js';
import { adjustByHolm, type PairedTest, pairedTest } from '../../runs/compare/pairedTest.js';
import { SIGNIFICANT } from '../../runs/compare/statistics.js';
import type { SweepState } from '../journal/replay.js';
import { costOf, type Direction } from '../trial.js';
import { describeBest, describeSelected } from './describeConclusion.js';
import { failuresOf, type Finalist, finalistsOf, inOrder, selectedTrial, valuesOf } from './finalists.js';

/** How much better the selected finalist is than another one, over the same seeds; a negative difference is in favor of the other. */
export interface FinalistComparison extends PairedTest {
  /** The number of the other trial. */
  readonly trial: number;
  /** By Holm's method, for the number of comparisons. */
  readonly adjustedPValue: number;
}

/** What can be said about the best trial of a sweep. */
export interface SweepConclusion {
  /** The number of the trial that is scored on the test images. */
  readonly selected: number;
  /** Whether it is significantly better than every other finalist. */
  readonly isWinner: boolean;
  /** With the other finalists, without those whose training failed with a seed; none if the sweep has no other seeds. */
  readonly comparisons: readonly FinalistComparison[];
  /** In one sentence. */
  readonly text: string;
}

type State = Pick<SweepState, 'trials' | 'direction' | 'definition' | 'seedRuns'>;

/**
 * States whether the selected trial of a sweep is the best one, or only seems to be. A winner is named only if it is significantly better
 * than every other finalist: then the probability is at most 5 % that a winner is named that is not, although the data select it.
 *
 * @returns undefined before a trial is selected
 */
export function concludeSweep(state: State): SweepConclusion | undefined {
  checkValues('concludeSweep', { sweep: state }, { sweep: records.sweep });
  const trial = selectedTrial(state);
  if (trial === undefined) return undefined;
  const finalists = inOrder(finalistsOf(state), state);
  const comparisons = compareFirst(finalists, state.direction);
  const isWinner =
    comparisons.length > 0 && comparisons.every(({ adjustedPValue }) => adjustedPValue <= SIGNIFICANT);
  const text =
    finalists.length === 0
      ? describeBest(trial, state)
      : describeSelected({ finalists, comparisons, isWinner }, state);
  return { selected: trial.number, isWinner, comparisons, text };
}

/** Compares the first finalist with the others, if none of their runs failed, so that each result has a partner with the same seed. */
function compareFirst(finalists: readonly Finalist[], direction: Direction): FinalistComparison[] {
  const [first, ...others] = finalists.filter((finalist) => failuresOf(finalist) === 0);
  if (others.length === 0) return [];
  const costs = (finalist: Finalist) => valuesOf(finalist).map((value) => costOf(value, direction));
  const tests = others.map((other) => pairedTest(costs(other), costs(first)));
  const adjusted = adjustByHolm(tests.map(({ pValue }) => pValue));
  return tests.map((test, index) => ({
    trial: others[index].trial.number,
    ...test,
    adjustedPValue: adjusted[index],
  }));
}
