/** Cost as a power of a quantity: `factor * x ** exponent`. */
export interface PowerLaw {
  readonly exponent: number;
  readonly factor: number;
}

export interface Point {
  readonly x: number;
  readonly cost: number;
}

/**
 * Fits a power law by least squares of the logarithms.
 *
 * @param points positive numbers, with at least two different `x`
 */
export function fitPowerLaw(points: readonly Point[]): PowerLaw {
  const logs = points.map(({ x, cost }) => [Math.log(x), Math.log(cost)] as const);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanCost] = [mean(logs.map(([x]) => x)), mean(logs.map(([, cost]) => cost))];
  const covariance = mean(logs.map(([x, cost]) => (x - meanX) * (cost - meanCost)));
  const exponent = covariance / mean(logs.map(([x]) => (x - meanX) ** 2));
  return { exponent, factor: Math.exp(meanCost - exponent * meanX) };
}
