import { SIGNIFICANT, studentQuantile } from '../compare/statistics.js';

/** The probability with which a test should find a difference that exists. */
export const POWER = 0.8;

/** More seeds are not worth naming. */
const MAX_PAIRS = 10_000;
const INTEGRATION_STEPS = 2000;

/**
 * The power of the two-sided paired t test: the probability that it finds a difference at the 5 % level. Source: Cohen, "Statistical
 * power analysis for the behavioral sciences", 1988, by the noncentral t distribution.
 *
 * @param effect the difference in units of the standard deviation of the differences
 * @param pairs at least 2
 */
export function pairedTestPower(effect: number, pairs: number): number {
  const degrees = pairs - 1;
  const critical = studentQuantile(1 - SIGNIFICANT / 2, degrees);
  const shift = effect * Math.sqrt(pairs);
  // Over the ratio of the estimated to the true standard deviation, whose square has the distribution of chi-square.
  const reach = 12 / Math.sqrt(2 * degrees);
  const [low, high] = [Math.max(0, 1 - reach), 1 + reach];
  const step = (high - low) / INTEGRATION_STEPS;
  const half = degrees / 2;
  const constant = Math.LN2 + half * Math.log(half) - logGammaOfHalf(degrees);
  let power = 0;
  for (let index = 0; index < INTEGRATION_STEPS; index++) {
    const ratio = low + (index + 0.5) * step;
    const density = Math.exp(constant + (degrees - 1) * Math.log(ratio) - half * ratio ** 2);
    const found =
      normalDistribution(shift - critical * ratio) + normalDistribution(-shift - critical * ratio);
    power += density * found * step;
  }
  return power;
}

/**
 * How many pairs, such as seeds, the paired t test needs to find a difference with a power of 80 %.
 *
 * @param standardDeviation of the differences of the pairs
 * @returns at least 2; undefined for more than 10,000
 */
export function pairsToDetect(difference: number, standardDeviation: number): number | undefined {
  if (standardDeviation === 0) return 2;
  const effect = Math.abs(difference) / standardDeviation;
  const isEnough = (pairs: number) => pairedTestPower(effect, pairs) >= POWER;
  let [tooFew, enough] = [1, 2];
  while (!isEnough(enough)) {
    [tooFew, enough] = [enough, 2 * enough];
    if (enough > MAX_PAIRS) return undefined;
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** The logarithm of the gamma function of half a whole number. */
function logGammaOfHalf(number: number): number {
  let logarithm = number % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let each = number % 2 === 0 ? 2 : 1; each < number; each += 2) logarithm += Math.log(each / 2);
  return logarithm;
}

/** The standard normal distribution. Source: Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11, 2004. */
function normalDistribution(value: number): number {
  if (value < -8) return 0;
  if (value > 8) return 1;
  let [sum, previous, term] = [value, 0, value];
  for (let power = 3; sum !== previous; power += 2) {
    term *= value ** 2 / power;
    [previous, sum] = [sum, sum + term];
  }
  return 0.5 + (sum * Math.exp(-(value ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}
