import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { describeAccuracies, type SampleStatistics } from '../runs/compare/statistics.js';
import { hashOf } from '../runs/dataset/fingerprint.js';
import { isFinished } from '../runs/readRun.js';
import type { RunSummary } from '../runs/runSummary.js';
import type { EvaluationOptions } from '../train/evaluate.js';
import type { ClassificationMetrics } from '../train/metrics.js';
import { metricsOutOfFold, type OutOfFoldPrediction, predictFolds } from './outOfFold.js';
import { saveFoldsRecord } from './foldsRecord.js';
import type { FoldRun } from './trainFolds.js';

/** What the runs of a cross-validation show. */
export interface FoldsSummary {
  readonly runs: readonly (RunSummary & { readonly fold: number; readonly folder: string })[];
  /**
   * The validation accuracy of the best epoch of each run that did not fail, as a fraction. Since it is also what selects the epoch, it is a little too
   * high.
   */
  readonly accuracies: readonly number[];
  /** That of the last epoch, which is not selected. */
  readonly lastAccuracies: readonly number[];
  /**
   * Of `accuracies`; undefined for fewer than two. The interval is approximate, since each two of the runs have most training images in
   * common.
   */
  readonly statistics: SampleStatistics | undefined;
  /** The same of `lastAccuracies`. */
  readonly lastStatistics: SampleStatistics | undefined;
  /**
   * How well the images of all folds are classified together, each by the best epoch of the run that was validated on it; undefined if a run
   * failed.
   */
  readonly pooled: ClassificationMetrics | undefined;
  /** What these models predict for each image, in the order of the images; undefined likewise. `outOfFoldCsv` makes a table of it. */
  readonly outOfFold: readonly OutOfFoldPrediction[] | undefined;
}

/** How the images are scored. */
type SummaryOptions = Pick<EvaluationOptions, 'threads' | 'signal'>;

/**
 * Summarizes the runs of a cross-validation, and classifies each training image with the model that was not trained on it. What it predicts is
 * also written into the folder of the first run (`out-of-fold.json`), from which a report can be made.
 *
 * @param runs at least one, as `trainFolds` returns them
 * @param dataset on which they were trained
 * @throws {UsageError} for arguments of another kind
 * @throws {InklingError} when the data set has other training images, or the file cannot be written
 * @throws the signal's reason when it is aborted
 */
export async function summarizeFolds(
  runs: readonly FoldRun[],
  dataset: Dataset,
  options: SummaryOptions = {},
): Promise<FoldsSummary> {
  checkValues('summarizeFolds', { runs }, { runs: records.finishedRuns });
  checkArguments('summarizeFolds', { dataset });
  checkOptions('summarizeFolds', options, { threads: kinds.count, signal: kinds.signal });
  for (const run of runs) assertSameImages(run, dataset);
  const finished = runs.filter(({ summary }) => isFinished(summary.stopReason));
  const accuracies = finished.flatMap(({ summary: { best } }) => best?.validationAccuracy ?? []);
  const lastAccuracies = finished.flatMap(({ summary }) => summary.epochs.at(-1)?.validationAccuracy ?? []);
  const scored = finished.length === runs.length ? await predictFolds(runs, dataset, options) : undefined;
  if (scored !== undefined && runs.length > 1) saveFoldsRecord(runs, dataset, scored);
  const outOfFold = scored?.predictions;
  return {
    runs: runs.map(({ fold, folder, summary }) => ({ fold, folder, ...summary })),
    accuracies,
    lastAccuracies,
    statistics: describeAccuracies(accuracies),
    lastStatistics: describeAccuracies(lastAccuracies),
    pooled: outOfFold && metricsOutOfFold(outOfFold, dataset),
    outOfFold,
  };
}

function assertSameImages({ folder, summary }: FoldRun, dataset: Dataset): void {
  if (summary.dataset.fingerprint?.train === hashOf(dataset, 'train')) return;
  throw new InklingError(
    `summarizeFolds: expected the training images of ${folder}, got others in ${dataset.name}; pass the data set with which trainFolds was called`,
  );
}
