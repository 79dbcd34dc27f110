import { checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { checkArray } from '../../core/arguments/checkArguments.js';
import { UsageError } from '../../core/errors.js';

/** Statistics of a sample, such as the test accuracies of several seeds. */
export interface SampleStatistics {
  readonly count: number;
  readonly mean: number;
  /** The sample standard deviation, with `count - 1` in the denominator. */
  readonly standardDeviation: number;
  /** The 95 % confidence interval of the mean, by Student's t, without values that are impossible. */
  readonly interval: { readonly low: number; readonly high: number };
}

/** The values that are possible. */
export interface ValueRange {
  readonly min?: number;
  readonly max?: number;
}

/** Those of accuracies. */
export const ACCURACY_RANGE: ValueRange = { min: 0, max: 1 };
const SAMPLE: kinds.Kind = {
  what: 'the statistics of a sample, such as describeSample([0.98, 0.99])',
  accepts: (value) => ['count', 'mean', 'standardDeviation'].every((field) => kinds.hasField(value, field)),
};

/** The significance level. */
export const SIGNIFICANT = 0.05;

const CONFIDENCE = 0.95;
/** The 97.5 % quantile of the standard normal distribution. */
export const NORMAL_QUANTILE = 1.959963984540054;

/**
 * Describes a sample.
 *
 * @param range of the values, such as `{ min: 0, max: 1 }` for accuracies: where the interval ends beyond, it is cut off, which
 *   leaves the probability that it contains the mean as it is
 * @throws {UsageError} for anything but an array of finite numbers, or fewer than two, whose standard deviation is undefined
 */
export function describeSample(
  values: readonly number[],
  { min = -Infinity, max = Infinity }: ValueRange = {},
): SampleStatistics {
  checkArray('describeSample', values, 'finite numbers');
  const invalid = values.findIndex((value) => !Number.isFinite(value));
  if (invalid !== -1) {
    throw new UsageError(
      `describeSample: expected finite numbers, got ${values[invalid]} at index ${invalid}`,
    );
  }
  const count = values.length;
  if (count < 2)
    throw new UsageError(`describeSample: expected at least 2 values, got ${count}; use more seeds`);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const reach = (studentQuantile((1 + CONFIDENCE) / 2, count - 1) * standardDeviation) / Math.sqrt(count);
  const interval = { low: Math.max(min, mean - reach), high: Math.min(max, mean + reach) };
  return { count, mean, standardDeviation, interval };
}

/** Describes the accuracies of runs that differ in their seed or their fold; undefined for fewer than two. */
export function describeAccuracies(accuracies: readonly number[]): SampleStatistics | undefined {
  return accuracies.length < 2 ? undefined : describeSample(accuracies, ACCURACY_RANGE);
}

/** The 95 % prediction interval of another measurement, if measurements are normally distributed; see `chanceToReach`. */
export function predictionInterval(sample: SampleStatistics): {
  readonly low: number;
  readonly high: number;
} {
  checkValues('predictionInterval', { sample }, { sample: SAMPLE });
  const { count, mean, standardDeviation } = sample;
  const reach =
    studentQuantile((1 + CONFIDENCE) / 2, count - 1) * standardDeviation * Math.sqrt(1 + 1 / count);
  return { low: mean - reach, high: mean + reach };
}

/**
 * The probability that another measurement reaches `value`, if measurements are normally distributed. The uncertainty of the
 * sample's mean widens the distribution by `sqrt(1 + 1 / count)`.
 */
export function chanceToReach(value: number, sample: SampleStatistics): number {
  checkValues('chanceToReach', { value, sample }, { value: kinds.finiteNumber, sample: SAMPLE });
  const { count, mean, standardDeviation } = sample;
  if (standardDeviation === 0) return value <= mean ? 1 : 0;
  const t = (value - mean) / (standardDeviation * Math.sqrt(1 + 1 / count));
  return 1 - studentDistribution(t, count - 1);
}

/**
 * The 95 % Wilson score interval of a proportion. Source: Wilson, Journal of the American Statistical Association 22, 1927.
 *
 * @param count at least 1
 * @throws {UsageError} unless these are whole numbers, and `hits` is at most `count`
 */
export function wilsonInterval(hits: number, count: number): { readonly low: number; readonly high: number } {
  checkCount('wilsonInterval: count', count, 1);
  checkCount('wilsonInterval: hits', hits, 0, count);
  const share = hits / count;
  const square = NORMAL_QUANTILE ** 2;
  const middle = share + square / (2 * count);
  const reach = NORMAL_QUANTILE * Math.sqrt((share * (1 - share)) / count + square / (4 * count ** 2));
  const scale = 1 + square / count;
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}

/**
 * The p-value of McNemar's exact test: the probability that two equally good classifiers differ at least this much. Source:
 * McNemar, Psychometrika 12, 1947.
 *
 * @param onlyFirst the number of images that only the first classifies correctly
 * @param onlySecond the number of images that only the second classifies correctly
 * @throws {UsageError} unless these are whole numbers
 */
export function mcNemarExact(onlyFirst: number, onlySecond: number): number {
  checkCount('mcNemarExact: onlyFirst', onlyFirst, 0);
  checkCount('mcNemarExact: onlySecond', onlySecond, 0);
  const total = onlyFirst + onlySecond;
  let [term, tail] = [-total * Math.LN2, 0];
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(term);
    // From the logarithm of one binomial probability to that of the next.
    term += Math.log((total - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

function checkCount(what: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new UsageError(`${what}: expected a whole number ${range}, got ${String(value)}`);
}

/**
 * The cumulative distribution function of Student's t: for integer degrees of freedom, a finite sum of powers of a cosine.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentDistribution(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degreesOfFreedom % 2 === 1;
  let [term, sum] = [isOdd ? cosine : 1, 0];
  for (let power = isOdd ? 1 : 0; power <= degreesOfFreedom - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cosine ** 2;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 + within) / 2;
}

/** The quantile of Student's t for a probability above one half, by bisection over the arctangent. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  const valueAt = (angle: number) => Math.tan(angle) * Math.sqrt(degreesOfFreedom);
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (studentDistribution(valueAt(middle), degreesOfFreedom) < probability) low = middle;
    else high = middle;
  }
  return valueAt(low);
}
