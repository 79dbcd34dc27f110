import { formatPercent } from '../../../core/format.js';
import { describeSample, predictionInterval, wilsonInterval } from '../../../runs/compare/statistics.js';
import type { Text } from '../../document.js';
import type { RunGroup } from '../context.js';
import { text } from '../text.js';

/**
 * How a measured value relates to the reported one: equal to the reported precision; different, but with the reported value
 * in the 95 % interval of the measured one; different; a difference that is not significant; or measured on another data set.
 */
export type Outcome = 'reproduced' | 'consistent' | 'not reproduced' | 'inconclusive' | 'not comparable';

/** An accuracy as a report states it. */
export interface ReportedAccuracy {
  /** A fraction. */
  readonly value: number;
  /** With how many decimals it is stated in percent. */
  readonly decimals: number;
}

/** The rule by which `accuracyOutcome` and all other checks decide, as reports print it. */
export function outcomeRule(seeds: number): Text {
  const interval =
    seeds > 1
      ? `95 % prediction interval for one additional seed (Student’s t over ${seeds} seeds)`
      : '95 % confidence interval of the measured accuracy (Wilson score)';
  return text`One rule decides: a value is reproduced if the measured value, rounded to the precision with which the original report states it, is identical, so that “about 96 %” stands for 95.5 % to 96.5 %. An accuracy that differs is consistent if the ${interval} contains a value that rounds to the reported one. Everything else is not reproduced.`;
}

/** The mean test accuracy over the seeds. */
export function meanAccuracy(runs: RunGroup): number {
  return runs.reduce((sum, { test }) => sum + test.accuracy, 0) / runs.length;
}

/** `98.74 %`, `98.74 % (mean of 3 seeds)` */
export function meanText(runs: RunGroup): string {
  const accuracy = formatPercent(meanAccuracy(runs));
  return runs.length === 1 ? accuracy : `${accuracy} (mean of ${runs.length} seeds)`;
}

/** Compares the mean test accuracy with a reported one, by `outcomeRule`. */
export function accuracyOutcome({ value, decimals }: ReportedAccuracy, runs: RunGroup): Outcome {
  const rounded = (accuracy: number) => (100 * accuracy).toFixed(decimals);
  if (rounded(value) === rounded(meanAccuracy(runs))) return 'reproduced';
  const [{ test }] = runs;
  const { low, high } =
    runs.length === 1
      ? wilsonInterval(test.correct, test.total)
      : predictionInterval(describeSample(runs.map((run) => run.test.accuracy)));
  const half = 0.5 / 10 ** (decimals + 2);
  return low < value + half && value - half <= high ? 'consistent' : 'not reproduced';
}
