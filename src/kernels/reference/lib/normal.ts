/** Beyond this, the distribution is 0 or 1 to the last bit of a float64. */
const LIMIT = 10;

/** The standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * The share of the standard normal distribution that lies below `x`, by the series `1/2 + φ(x) · (x + x³/3 + x⁵/(3·5) + …)`.
 * Source: Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11, 2004.
 */
export function normalDistribution(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < -LIMIT) return 0;
  if (x > LIMIT) return 1;
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}
