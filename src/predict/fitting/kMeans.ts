import { nearestOf } from '../prototypes.js';

/** More rounds hardly move the centers. */
const ROUNDS = 8;

/**
 * Lloyd's k-means, which starts from vectors spread evenly over the list, so that the result is the same every time.
 *
 * @param vectors each `[size]`; if there are fewer than `count`, centers repeat
 * @returns `[count, size]`; zeros if there are no vectors
 */
export function kMeans(vectors: readonly Float32Array[], count: number, size: number): Float32Array {
  const centers = new Float32Array(count * size);
  if (vectors.length === 0) return centers;
  for (let i = 0; i < count; i++) {
    centers.set(vectors[Math.floor((i * vectors.length) / count)], i * size);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(count * size);
    const counts = new Float64Array(count);
    for (const vector of vectors) {
      const { index } = nearestOf(centers, vector);
      counts[index] += 1;
      for (let i = 0; i < size; i++) sums[index * size + i] += vector[i];
    }
    for (let i = 0; i < sums.length; i++) {
      const members = counts[Math.floor(i / size)];
      if (members > 0) centers[i] = sums[i] / members;
    }
  }
  return centers;
}
