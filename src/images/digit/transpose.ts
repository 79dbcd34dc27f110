/** Exchanges rows and columns. */
export function transpose<T extends Float32Array | Uint8Array>(values: T, width: number): T {
  const height = values.length / width;
  const result = values.slice() as T;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) result[x * height + y] = values[y * width + x];
  return result;
}
