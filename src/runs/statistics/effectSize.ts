import { describeSample, NORMAL_QUANTILE, type SampleStatistics } from '../compare/statistics.js';

/** How far the accuracies of two classifiers on the same images differ. */
export interface PairedEffect {
  /** The accuracy of the first minus that of the second. */
  readonly difference: number;
  /** Its 95 % confidence interval. */
  readonly interval: SampleStatistics['interval'];
  /**
   * Cohen's g: by how much the share of the disagreements that the better one wins exceeds one half; 0.05, 0.15, and 0.25 are called small,
   * medium, and large. 0 if they never disagree.
   */
  readonly cohensG: number;
}

/**
 * The difference of two paired proportions, with the adjusted Wald interval, which adds one image to each kind of disagreement. Sources:
 * Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data", 2012; Cohen,
 * "Statistical power analysis for the behavioral sciences", 1988.
 *
 * @param onlyFirst the number of images that only the first classifies correctly
 * @param images the number of all images, at least 1
 */
export function pairedEffect(onlyFirst: number, onlySecond: number, images: number): PairedEffect {
  const disagreements = onlyFirst + onlySecond;
  const [first, second] = [onlyFirst, onlySecond].map((count) => (count + 1) / (images + 2));
  const middle = first - second;
  const reach = NORMAL_QUANTILE * Math.sqrt((first + second - middle ** 2) / (images + 2));
  return {
    difference: (onlyFirst - onlySecond) / images,
    interval: { low: Math.max(-1, middle - reach), high: Math.min(1, middle + reach) },
    cohensG: disagreements === 0 ? 0 : Math.max(onlyFirst, onlySecond) / disagreements - 0.5,
  };
}

/**
 * Cohen's d of paired results: their mean difference in units of the standard deviation of the differences; 0.2, 0.5, and 0.8 are called
 * small, medium, and large. Source: Cohen, 1988.
 *
 * @param differences at least two
 * @returns undefined if all are the same
 */
export function cohensD(differences: readonly number[]): number | undefined {
  const { mean, standardDeviation } = describeSample(differences);
  return standardDeviation <= 1e-12 * Math.abs(mean) ? undefined : mean / standardDeviation;
}
