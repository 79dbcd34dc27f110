/** Exchanges rows and columns. */
export function transpose<T extends Float32Array | Uint8Array>(values: T, width: number): T {
  const height = values.length / width;
  const result = values.slice() as T;
  for (let x = 0, to = 0; x < width; x++)
    for (let y = 0, from = x; y < height; y++, from += width) result[to++] = values[from];
  return result;
}
