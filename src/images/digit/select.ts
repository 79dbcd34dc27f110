/** The standard deviation of a normal distribution divided by its median absolute deviation. */
export const DEVIATION_PER_MEDIAN = 1.4826;

/**
 * The value that would be at an index if the values were sorted; reorders them. Source: C. Hoare, "Algorithm 65: find", Communications of
 * the ACM 4 (1961).
 */
export function select(values: Float32Array, index: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[index];
    let [i, j] = [from, to];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (j < index) from = i;
    if (i > index) to = j;
  }
  return values[index];
}

/** The median; the upper one of an even number of values. Reorders them. */
export function median(values: Float32Array): number {
  return select(values, values.length >> 1);
}

/** The median of the values above a threshold; undefined when there are none. */
export function medianAbove(values: Float32Array, threshold: number): number | undefined {
  const above = new Float32Array(values.length);
  let count = 0;
  for (const value of values) if (value > threshold) above[count++] = value;
  return count === 0 ? undefined : median(above.subarray(0, count));
}
