import { concatenate } from '../core/arrays.js';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { concatenateLabels, type Labels } from '../data/classes.js';
import type { Dataset } from '../data/dataset.js';
import { pickImages } from '../data/imageSet.js';
import { readSavedModel } from '../predict/load.js';
import type { Scores } from '../predict/score.js';
import { describeAccuracies, type SampleStatistics } from '../runs/compare/statistics.js';
import { hashOf } from '../runs/dataset/fingerprint.js';
import { recordedTask } from '../runs/dataset/recordedTask.js';
import { isFinished, readRun } from '../runs/readRun.js';
import type { RunSummary } from '../runs/runSummary.js';
import { type EvaluationOptions, scoreTrained } from '../train/evaluate.js';
import { type ClassificationMetrics, metricsOf } from '../train/metrics.js';
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
}

/** How the images are scored. */
type SummaryOptions = Pick<EvaluationOptions, 'threads' | 'signal'>;

/**
 * Summarizes the runs of a cross-validation, and classifies each training image with the model that was not trained on it.
 *
 * @param runs at least one, as `trainFolds` returns them
 * @param dataset on which they were trained
 * @throws {UsageError} for arguments of another kind
 * @throws {InklingError} when the data set has other training images
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
  return {
    runs: runs.map(({ fold, folder, summary }) => ({ fold, folder, ...summary })),
    accuracies,
    lastAccuracies,
    statistics: describeAccuracies(accuracies),
    lastStatistics: describeAccuracies(lastAccuracies),
    pooled: finished.length === runs.length ? await scorePooled(runs, dataset, options) : undefined,
  };
}

function assertSameImages({ folder, summary }: FoldRun, dataset: Dataset): void {
  if (summary.dataset.fingerprint?.train === hashOf(dataset, 'train')) return;
  throw new InklingError(
    `summarizeFolds: expected the training images of ${folder}, got others in ${dataset.name}; pass the data set with which trainFolds was called`,
  );
}

async function scorePooled(
  runs: readonly FoldRun[],
  dataset: Dataset,
  options: SummaryOptions,
): Promise<ClassificationMetrics> {
  const scored: (Scores & { readonly labels: Labels })[] = [];
  for (const { folder } of runs) scored.push(await scoreFold(folder, dataset, options));
  const losses = concatenate(scored.map((fold) => fold.losses));
  const predictions = Int32Array.from(scored.flatMap((fold) => [...fold.predictions]));
  const labels = concatenateLabels(scored.map((fold) => fold.labels));
  return metricsOf({ losses, predictions }, labels, dataset.classes.length);
}

/** The scores of the images on which a run was validated. */
async function scoreFold(folder: string, dataset: Dataset, { threads, signal }: SummaryOptions) {
  const saved = readSavedModel(folder);
  const { split } = recordedTask(saved, readRun(folder).config, dataset);
  const images = pickImages(dataset.train, split.validation, sizeOf(dataset.shape));
  return { ...(await scoreTrained(saved, images, { threads, signal })), labels: images.labels };
}
