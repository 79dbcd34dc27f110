/** Marks the values above a threshold. */
export function markAbove(values: Float32Array, threshold: number): Uint8Array {
  const marked = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) if (values[i] > threshold) marked[i] = 1;
  return marked;
}
