import { join } from 'node:path';
import { formatCount, formatLoss, formatPercent, formatPlural } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import { writeFileAtomic } from '../../platform/files.js';
import { isFinished } from '../../runs/readRun.js';
import { OUT_OF_FOLD_FILE } from '../../runs/runFiles.js';
import { outOfFoldCsv, type OutOfFoldPrediction } from '../../sweep/outOfFold.js';
import { type FoldsSummary, summarizeFolds } from '../../sweep/summarizeFolds.js';
import { type FoldRun, trainFolds } from '../../sweep/trainFolds.js';
import type { SeriesHooks } from '../../sweep/trainRuns.js';
import type { Config } from '../../train/config.js';
import type { SeedsOptions } from '../arguments/seeds.js';
import type { Output } from './output.js';
import { printClassTables } from './results.js';
import { assertNoneFailed } from './series.js';
import { trainSeries } from './seriesTraining.js';
import type { TrainingContext } from './training.js';

/**
 * Trains one run per fold, and prints the progress and results of each, and what follows from all.
 *
 * @throws {InklingError} that says what to do if runs were interrupted, or that names those that failed
 */
export async function crossValidateAndPrint(
  config: Config,
  options: SeedsOptions,
  dataset: Dataset,
  context: TrainingContext,
): Promise<void> {
  const { output } = context;
  const series = {
    what: 'fold' as const,
    numbers: Array.from({ length: config.folds ?? 0 }, (_, index) => index + 1),
    numberOf: ({ fold }: FoldRun) => fold,
    train: (hooks: SeriesHooks<FoldRun>) => trainFolds(config, dataset, hooks),
  };
  const runs = await trainSeries(series, config, options, dataset, context);
  const { outOfFold, ...summary } = await summarizeFolds(runs, dataset, { threads: config.threads });
  const file = outOfFold && saveOutOfFold(runs, dataset, outOfFold);
  output.line();
  printFolds(summary, dataset, file, output);
  output.result({ ...summary, outOfFold: file });
  assertNoneFailed(runs, series);
}

/** Writes the table into the folder of the first fold. */
function saveOutOfFold(
  [{ folder }]: readonly FoldRun[],
  dataset: Dataset,
  predictions: readonly OutOfFoldPrediction[],
): string {
  const file = join(folder, OUT_OF_FOLD_FILE);
  writeFileAtomic(file, new TextEncoder().encode(outOfFoldCsv(dataset, predictions)));
  return file;
}

function printFolds(
  { runs, statistics, lastStatistics, pooled }: Omit<FoldsSummary, 'outOfFold'>,
  { classes }: Dataset,
  outOfFold: string | undefined,
  output: Output,
): void {
  const [{ model }] = runs;
  if (pooled !== undefined) {
    output.heading('All folds, each classified by the model that was not trained on it');
    printClassTables(pooled, classes, output);
    output.line();
  }
  output.heading(`Validation accuracy of ${model.name} over ${runs.length} folds`);
  output.table(
    [['fold', 'images', 'best epoch', 'accuracy', 'loss', 'last epoch'], ...runs.map(rowOf)],
    ['right', 'right', 'right', 'right', 'right', 'right'],
  );
  if (statistics === undefined || lastStatistics === undefined) {
    output.conclusion(`${model.name}: no statistics, which require at least 2 folds that did not fail`);
    return;
  }
  const { mean, standardDeviation, interval, count } = statistics;
  output.lines([
    `95 % confidence interval of the mean (Student's t): ${formatPercent(interval.low)} to ${formatPercent(interval.high)}; approximate, since folds share training images`,
    `the mean of the last epochs, which are not selected by these images, is ${formatPercent(lastStatistics.mean)}`,
    ...(outOfFold === undefined || pooled === undefined
      ? []
      : [`the predictions for the ${formatCount(pooled.total)} images of all folds are in ${outOfFold}`]),
    'the test images were not scored; to train a model on all folds and score it, leave out --folds',
    ...(outOfFold === undefined ? [] : [`to create a report, run: inkling report ${runs[0].folder}`]),
  ]);
  const deviation = `standard deviation ${formatPercent(standardDeviation)}, ${formatPlural(count, 'fold')}`;
  output.conclusion(`${model.name}: mean validation accuracy ${formatPercent(mean)}, ${deviation}`);
}

function rowOf({ fold, dataset, epochs, best, stopReason }: FoldsSummary['runs'][number]): string[] {
  const [selected, last] = [epochs.find(({ epoch }) => epoch === best?.epoch), epochs.at(-1)];
  const start = [String(fold), formatCount(dataset.validation)];
  if (selected === undefined || last === undefined || !isFinished(stopReason)) {
    return [...start, stopReason, '-', '-', '-'];
  }
  return [
    ...start,
    String(selected.epoch),
    formatPercent(selected.validationAccuracy),
    formatLoss(selected.validationLoss),
    formatPercent(last.validationAccuracy),
  ];
}
