/** The middle value, or the mean of the two middle values if their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The difference between the largest and the smallest value, as a fraction of the median; 0 for a single value. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** A median and a confidence interval for it. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const CONFIDENCE = 0.95;

/**
 * The median of a sample and a confidence interval of at least 95 % for the median of its distribution, whatever that is: from
 * the k-th smallest to the k-th largest value, with the largest possible k. With fewer than six values, there is no such k, and the
 * interval contains them all.
 */
export function estimateMedian(values: readonly number[]): Estimate {
  const sorted = values.toSorted((a, b) => a - b);
  const { length } = sorted;
  // The interval misses the median if fewer than k values lie on one side of it: a binomial distribution of coin tosses.
  let k = 0;
  let [probability, missed] = [0.5 ** length, 0.5 ** length];
  while (2 * missed <= 1 - CONFIDENCE) {
    k++;
    probability *= (length - k + 1) / k;
    missed += probability;
  }
  const outside = Math.max(0, k - 1);
  return { median: median(sorted), low: sorted[outside], high: sorted[length - 1 - outside] };
}
