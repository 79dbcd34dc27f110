import { checkValues } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import * as originalReport from '../core/originalReport.js';
import { chanceToReach, describeAccuracies, type SampleStatistics } from './compare/statistics.js';
import type { FinishedRun } from './conductRun.js';
import type { StopReason } from './runSummary.js';

/** The test accuracies of runs that differ in their seed only. */
export interface SeedsSummary {
  readonly runs: readonly (FinishedRun['summary'] & { readonly folder: string })[];
  /** One per run that did not fail, as fractions. */
  readonly accuracies: readonly number[];
  /** The seeds of the runs that diverged. */
  readonly diverged: readonly number[];
  /** The seeds of the runs that failed for another reason. */
  readonly failed: readonly number[];
  /** Undefined for fewer than two accuracies. */
  readonly statistics: SampleStatistics | undefined;
  /** Present for the original report's model and data set, with the statistics. */
  readonly report:
    | {
        /** The test accuracy that the report states. */
        readonly accuracy: number;
        /** The number of runs that reach it. */
        readonly reached: number;
        /** The probability that one more run reaches it. */
        readonly chance: number;
      }
    | undefined;
}

/**
 * Summarizes runs that differ in their seed only.
 *
 * @param runs at least one
 */
export function summarizeSeeds(runs: readonly FinishedRun[]): SeedsSummary {
  checkValues('summarizeSeeds', { runs }, { runs: records.finishedRuns });
  const accuracies = runs.flatMap(({ summary: { test } }) => (test === undefined ? [] : [test.accuracy]));
  const statistics = describeAccuracies(accuracies);
  const [{ summary }] = runs;
  const { model, testAccuracy } = originalReport;
  const isReport = summary.model.name === model.value && originalReport.isOriginalDataset(summary.dataset);
  const accuracy = testAccuracy.value;
  return {
    runs: runs.map(({ folder, summary }) => ({ folder, ...summary })),
    accuracies,
    diverged: seedsThat('diverged', runs),
    failed: seedsThat('failed', runs),
    statistics,
    report:
      isReport && statistics !== undefined
        ? {
            accuracy,
            reached: accuracies.filter((reached) => reached >= accuracy).length,
            chance: chanceToReach(accuracy, statistics),
          }
        : undefined,
  };
}

function seedsThat(reason: StopReason, runs: readonly FinishedRun[]): number[] {
  return runs.filter(({ summary }) => summary.stopReason === reason).map(({ summary }) => summary.seed);
}
