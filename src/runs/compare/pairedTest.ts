import { InklingError } from '../../core/errors.js';
import { describeSample, type SampleStatistics, studentDistribution } from './statistics.js';

/** How two settings differ whose results are pairs, such as those of the same seeds. */
export interface PairedTest {
  /** The number of pairs. */
  readonly count: number;
  /** The mean of the first results minus that of the second. */
  readonly difference: number;
  /** The 95 % confidence interval of the difference, by Student's t; undefined if all pairs differ by the same amount. */
  readonly interval: SampleStatistics['interval'] | undefined;
  /** Of the paired t test, two-sided; of the sign test if all pairs differ by the same amount. */
  readonly pValue: number;
}

/** Differences that vary less than this, in relation to the results, do so because of rounding. */
const ROUNDING = 1e-12;

/**
 * Compares the results of two settings pair by pair. Accuracies on a few images can all differ by the same amount, from which Student's t
 * would follow that the difference is certain; then the sign test is used instead.
 *
 * @param first at least two results
 * @param second as many
 * @throws {InklingError} for fewer than two pairs, or results without a partner
 */
export function pairedTest(first: readonly number[], second: readonly number[]): PairedTest {
  if (first.length !== second.length) {
    throw new InklingError(
      `pairedTest: expected as many first as second results, got ${first.length} and ${second.length}; compare results of the same seeds`,
    );
  }
  const differences = first.map((value, index) => value - second[index]);
  const { count, mean, standardDeviation, interval } = describeSample(differences);
  const scale = Math.max(...[...first, ...second].map(Math.abs));
  if (standardDeviation > ROUNDING * scale) {
    const t = Math.abs(mean) / (standardDeviation / Math.sqrt(count));
    return { count, difference: mean, interval, pValue: 2 * studentDistribution(-t, count - 1) };
  }
  const isEqual = Math.abs(mean) <= ROUNDING * scale;
  return { count, difference: mean, interval: undefined, pValue: isEqual ? 1 : 2 ** (1 - count) };
}

/**
 * Adjusts the p-values of several tests, so that the probability that any true hypothesis is rejected is at most the significance level.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979.
 *
 * @returns in the same order
 */
export function adjustByHolm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]));
    adjusted[index] = largest;
  }
  return adjusted;
}
