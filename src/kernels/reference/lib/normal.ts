/** Beyond this magnitude, the distribution function is 0 or 1 in float64. */
const MAX_MAGNITUDE = 10;

/** The standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * The cumulative distribution function of the standard normal distribution, by the series `1/2 + φ(x) · (x + x³/3 + x⁵/(3·5) + …)`.
 * Source: Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11, 2004.
 */
export function normalDistribution(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < -MAX_MAGNITUDE) return 0;
  if (x > MAX_MAGNITUDE) return 1;
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}
