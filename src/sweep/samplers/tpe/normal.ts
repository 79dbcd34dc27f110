import type { Random } from '../../../core/random.js';

/** From here on, the continued fraction converges faster than the series. */
const SERIES_LIMIT = 2.5;
/** Enough for all bits of a float64 at this limit; beyond it, the number falls with the square of the argument to the lowest one. */
const FRACTION_TERMS = 60;
const LEAST_FRACTION_TERMS = 8;
/** A tail beyond this is less than what can be subtracted from 1. */
const NEGLIGIBLE_TAIL = 8.3;
const LOG_2_PI = Math.log(2 * Math.PI);

/**
 * The complementary error function for z ≥ 0, with a small relative error.
 * Source: M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 1964, equations 7.1.6 and 7.1.14.
 */
function complementaryError(z: number): number {
  if (z < SERIES_LIMIT) {
    let term = z;
    let sum = z;
    for (let n = 1; term > sum * Number.EPSILON; n++) {
      term *= (2 * z * z) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
  }
  const density = Math.exp(-z * z);
  if (density === 0) return 0;
  let fraction = z;
  const terms = LEAST_FRACTION_TERMS + Math.ceil(FRACTION_TERMS * (SERIES_LIMIT / z) ** 2);
  for (let n = terms; n >= 1; n--) fraction = z + n / 2 / fraction;
  return density / (fraction * Math.sqrt(Math.PI));
}

/** The probability that a standard normal variable is above x, for x ≥ 0. */
function upperTail(x: number): number {
  return complementaryError(x / Math.SQRT2) / 2;
}

/** The logarithm of the probability that a standard normal variable is between a and b, for a ≤ b. */
export function logNormalMass(a: number, b: number): number {
  // In the tail in which the interval lies, so that nearly equal numbers are not subtracted from 1.
  if (a > 0) return Math.log(upperTail(a) - upperTail(b));
  if (b < 0) return Math.log(upperTail(-b) - upperTail(-a));
  if (a < -NEGLIGIBLE_TAIL && b > NEGLIGIBLE_TAIL) return 0;
  return Math.log1p(-upperTail(-a) - upperTail(b));
}

/** The logarithm of the standard normal density. */
export function logNormalDensity(x: number): number {
  return -(x * x + LOG_2_PI) / 2;
}

/**
 * Draws from a normal distribution within bounds that contain its mean, by rejection.
 * Source: G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", 1958.
 *
 * @param deviation at most as wide as the bounds, so that at least a third of the draws are accepted
 */
export function drawTruncatedNormal(
  random: Random,
  mean: number,
  deviation: number,
  [low, high]: readonly [number, number],
): number {
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.float64()));
    const drawn = mean + deviation * radius * Math.cos(2 * Math.PI * random.float64());
    if (drawn >= low && drawn <= high) return drawn;
  }
}
