const BINS = 256;

/** The threshold that separates values from 0 to 1 best into two groups. */
export interface OtsuThreshold {
  readonly threshold: number;
  /** The means of the values below and above the threshold. */
  readonly below: number;
  readonly above: number;
}

/**
 * Otsu's threshold, which maximizes the variance between the two groups. Source: N. Otsu, "A threshold selection method from
 * gray-level histograms", IEEE Trans. SMC 9 (1979).
 */
export function otsuThreshold(values: Float32Array): OtsuThreshold {
  const counts = new Float64Array(BINS);
  for (const value of values) counts[Math.min(BINS - 1, (value * BINS) | 0)]++;
  const total = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let best = { variance: 0, threshold: 0, below: 0, above: 0 };
  let below = 0;
  let sumBelow = 0;
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin];
    sumBelow += counts[bin] * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const [meanBelow, meanAbove] = [sumBelow / below, (total - sumBelow) / above];
    const variance = below * above * (meanBelow - meanAbove) ** 2;
    if (variance <= best.variance) continue;
    best = { variance, threshold: (bin + 1) / BINS, below: meanBelow / BINS, above: meanAbove / BINS };
  }
  return best;
}
