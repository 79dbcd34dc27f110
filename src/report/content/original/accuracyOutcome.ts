import { formatPercent } from '../../../core/format.js';
import { describeSample, predictionInterval, wilsonInterval } from '../../../runs/compare/statistics.js';
import type { RunGroup } from '../context.js';

/**
 * How a measured value relates to the reported one: equal to the reported precision; different, but with the reported value
 * in the 95 % interval of the measured one; different; a difference that is not significant; or measured on another data set.
 */
export type Outcome = 'reproduced' | 'consistent' | 'not reproduced' | 'inconclusive' | 'not comparable';

/** The mean test accuracy over the seeds. */
export function meanAccuracy(runs: RunGroup): number {
  return runs.reduce((sum, { test }) => sum + test.accuracy, 0) / runs.length;
}

/** `98.74 %`, `98.74 % (mean of 3 seeds)` */
export function meanText(runs: RunGroup): string {
  const accuracy = formatPercent(meanAccuracy(runs));
  return runs.length === 1 ? accuracy : `${accuracy} (mean of ${runs.length} seeds)`;
}

/**
 * Compares the mean test accuracy with a reported one. It is consistent if the reported one lies in the Wilson interval of a
 * single run, or in the prediction interval for another seed of several runs.
 */
export function accuracyOutcome(reported: number, runs: RunGroup): Outcome {
  if (formatPercent(reported) === formatPercent(meanAccuracy(runs))) return 'reproduced';
  const [{ test }] = runs;
  const { low, high } =
    runs.length === 1
      ? wilsonInterval(test.correct, test.total)
      : predictionInterval(describeSample(runs.map((run) => run.test.accuracy)));
  return low <= reported && reported <= high ? 'consistent' : 'not reproduced';
}
