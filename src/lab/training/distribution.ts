/** How often the values of a layer are in each of equal intervals. */
export interface Distribution {
  readonly layer: string;
  readonly type: string;
  /** The smallest and the largest value, which are the ends of the intervals. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

const INTERVALS = 40;

/** @param of the layer that the values are of */
export function distributionOf(of: Pick<Distribution, 'layer' | 'type'>, values: Float32Array): Distribution {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const counts = new Array<number>(INTERVALS).fill(0);
  const width = (high - low) / INTERVALS;
  for (const value of values) {
    // The largest value is in the last interval; if all are the same, they are in the first.
    const interval = width === 0 ? 0 : Math.min(INTERVALS - 1, Math.floor((value - low) / width));
    counts[interval]++;
  }
  return { ...of, low, high, counts };
}
