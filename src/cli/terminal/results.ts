import { InklingError } from '../../core/errors.js';
import type { ClassificationMetrics } from '../../train/metrics.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import type { RunSummary } from '../../runs/runSummary.js';
import { printConfusion } from './confusion.js';
import { formatLossCurves, LOSS_LEGEND } from './lossCurves.js';
import { formatCount, formatLoss, formatPercent, formatPlural, formatSeconds } from '../../core/format.js';
import { columnsOf } from '../io.js';
import type { Output } from './output.js';

/** `test accuracy 98.74 % (9,874 of 10,000), macro F1 98.73 %, test loss 0.0371` */
export function describeTest({
  accuracy,
  macroF1,
  correct,
  total,
  loss,
}: Omit<ClassificationMetrics, 'confusion' | 'perClass'>): string {
  const counts = `${formatCount(correct)} of ${formatCount(total)}`;
  return `test accuracy ${formatPercent(accuracy)} (${counts}), macro F1 ${formatPercent(macroF1)}, test loss ${formatLoss(loss)}`;
}

/** `validation accuracy 98.10 % (epoch 4)`, for a run whose test images are not scored */
export function describeValidation({ epoch, validationAccuracy }: NonNullable<RunSummary['best']>): string {
  return `validation accuracy ${formatPercent(validationAccuracy)} (epoch ${epoch})`;
}

/** Prints the confusion matrix and the metrics of each class. */
export function printClassTables(
  { confusion, perClass }: ClassificationMetrics,
  classes: readonly string[],
  output: Output,
): void {
  printConfusion(confusion, classes, output);
  output.line();
  output.heading('Classes');
  const rows = perClass.map(({ precision, recall, f1, support }, label) => [
    classes[label],
    formatPercent(precision),
    formatPercent(recall),
    formatPercent(f1),
    formatCount(support),
  ]);
  output.table(
    [['class', 'precision', 'recall', 'F1', 'images'], ...rows],
    ['left', 'right', 'right', 'right', 'right'],
  );
}

/** Prints the results of a run. */
export function printRunEnd({ summary }: FinishedRun, output: Output): void {
  const { best, timing, epochs, test, dataset, stopReason } = summary;
  const memory = `${formatCount(timing.peakMemoryMB)} MB peak memory`;
  const time = formatSeconds(timing.totalSeconds);
  output.line();
  if (best === undefined) {
    output.line(`${time}, ${memory}`);
    return;
  }
  if (stopReason === 'early') {
    const others = formatPlural(epochs.length - best.epoch, 'epoch');
    output.line(`stopped early after ${others} without improvement`);
  }
  output.line(`best epoch ${best.epoch}, validation accuracy ${formatPercent(best.validationAccuracy)}`);
  output.line(`${time}, ${formatCount(timing.imagesPerSecond)} training images/s, ${memory}`);
  output.line();
  if (epochs.length > 1) {
    output.heading(`Loss by epoch (${LOSS_LEGEND})`);
    output.lines(formatLossCurves(epochs, best.epoch, columnsOf(output.stream)));
    output.line();
  }
  if (test !== undefined) {
    printConfusion(test.confusion, dataset.classes, output);
    output.line();
  }
}

/** @throws {InklingError} that describes the progress of the run, if it was interrupted */
export function assertNotInterrupted({ folder, summary, isRecorded }: FinishedRun, epochs: number): void {
  if (summary.stopReason !== 'interrupted') return;
  const { best } = summary;
  const saved = !isRecorded
    ? `${folder} keeps its earlier results`
    : best === undefined
      ? `${folder} has no checkpoint`
      : `the best weights, of epoch ${best.epoch} (validation accuracy ${formatPercent(best.validationAccuracy)}), are saved in ${folder}`;
  const hint = best === undefined ? '' : `; to resume, run "inkling train --resume ${folder}"`;
  throw new InklingError(
    `${summary.model.name}: interrupted after ${summary.epochs.length} of ${epochs} epochs; ${saved}${hint}`,
  );
}
