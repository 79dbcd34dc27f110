import { checkArray } from '../../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import type { PairedTest } from '../compare/pairedTest.js';
import { describeSample, SIGNIFICANT, studentDistribution, studentQuantile } from '../compare/statistics.js';

/** How many images each fold trained and validated on. */
export interface ResampledImages {
  readonly train: number;
  readonly validation: number;
}

/**
 * The corrected resampled t test of two settings that were cross-validated with the same folds. The ordinary paired test finds
 * differences where there are none, because the folds have most training images in common, so that their results are not independent:
 * the correction adds the ratio of validation to training images to the variance of the mean. Source: Nadeau and Bengio, "Inference for the
 * generalization error", Machine Learning 52, 2003.
 *
 * @param first the result of each fold for the first setting, at least two
 * @param second of the same folds, for the second
 * @throws {UsageError} for anything else
 */
export function correctedResampledTest(
  first: readonly number[],
  second: readonly number[],
  images: ResampledImages,
): PairedTest {
  checkArray('correctedResampledTest: first', first, 'results, one per fold');
  checkArray('correctedResampledTest: second', second, 'results, one per fold');
  if (first.length !== second.length) {
    throw new UsageError(
      `correctedResampledTest: expected as many first as second results, got ${first.length} and ${second.length}; compare results of the same folds`,
    );
  }
  const counts = { train: kinds.count, validation: kinds.count };
  checkOptions('correctedResampledTest', images, counts, '{ train: 800, validation: 200 }');
  const { train, validation } = images;
  checkValues('correctedResampledTest', { train, validation }, counts);
  const differences = first.map((value, index) => value - second[index]);
  const { count, mean, standardDeviation } = describeSample(differences);
  const error = standardDeviation * Math.sqrt(1 / count + validation / train);
  if (error <= 1e-12 * Math.abs(mean)) {
    return { count, difference: mean, interval: undefined, pValue: mean === 0 ? 1 : 2 ** (1 - count) };
  }
  const reach = studentQuantile(1 - SIGNIFICANT / 2, count - 1) * error;
  return {
    count,
    difference: mean,
    interval: { low: mean - reach, high: mean + reach },
    pValue: 2 * studentDistribution(-Math.abs(mean) / error, count - 1),
  };
}
