import { ACCURACY_RANGE, describeSample } from '../../runs/compare/statistics.js';
import { adjustByHolm, type PairedTest } from '../../runs/compare/pairedTest.js';
import { correctedResampledTest, type ResampledImages } from '../../runs/statistics/resampledTest.js';
import { labelMetricsOf } from '../../runs/statistics/labelMetrics.js';
import type { ReportFolds } from './reportFolds.js';

/** What is known about the images of a fold. */
export interface FoldResult {
  readonly fold: number;
  readonly correct: number;
  readonly images: number;
  readonly macroF1: number;
}

/** The results of each fold, from the predictions for its images. */
export function foldResults({ runs, folds, pooled }: ReportFolds): FoldResult[] {
  const { labels, predictions } = pooled.predictionRecord;
  const { length } = pooled.saved.classes;
  return runs.map((_, index) => {
    const confusion = Array.from({ length }, () => new Array<number>(length).fill(0));
    folds.forEach((fold, image) => {
      if (fold === index + 1) confusion[labels[image]][predictions[image]]++;
    });
    const images = confusion.flat().reduce((sum, count) => sum + count, 0);
    const correct = confusion.reduce((sum, row, label) => sum + row[label], 0);
    return { fold: index + 1, correct, images, macroF1: labelMetricsOf(confusion).macro.f1 };
  });
}

export const accuraciesOf = (folds: ReportFolds): number[] =>
  foldResults(folds).map(({ correct, images }) => correct / images);

/** The mean numbers of images of a fold. */
function imagesOf({ runs }: ReportFolds): ResampledImages {
  const mean = (counts: readonly number[]) =>
    Math.round(counts.reduce((sum, count) => sum + count, 0) / counts.length);
  return {
    train: mean(runs.map(({ summary }) => summary.dataset.train)),
    validation: mean(runs.map(({ summary }) => summary.dataset.validation)),
  };
}

/** The mean accuracy of the folds with its 95 % confidence interval, corrected for the training images that they have in common. */
export function meanOfFolds(folds: ReportFolds) {
  const accuracies = accuraciesOf(folds);
  const { mean, standardDeviation } = describeSample(accuracies);
  const zeros = accuracies.map(() => 0);
  const { interval } = correctedResampledTest(accuracies, zeros, imagesOf(folds));
  const { min = 0, max = 1 } = ACCURACY_RANGE;
  return {
    mean,
    standardDeviation,
    interval: interval && { low: Math.max(min, interval.low), high: Math.min(max, interval.high) },
  };
}

/** The difference of two cross-validations with the same folds, as indices. */
export interface FoldsPair extends PairedTest {
  readonly first: number;
  readonly second: number;
  /** By Holm's method, for all pairs. */
  readonly adjustedPValue: number;
}

/** Compares each two cross-validations by the corrected resampled t test. */
export function compareFolds(all: readonly ReportFolds[]): FoldsPair[] {
  const accuracies = all.map(accuraciesOf);
  const pairs = all.flatMap((folds, first) =>
    all.slice(first + 1).map((_, offset) => {
      const second = first + 1 + offset;
      return {
        first,
        second,
        ...correctedResampledTest(accuracies[first], accuracies[second], imagesOf(folds)),
      };
    }),
  );
  const adjusted = adjustByHolm(pairs.map(({ pValue }) => pValue));
  return pairs.map((pair, index) => ({ ...pair, adjustedPValue: adjusted[index] }));
}
