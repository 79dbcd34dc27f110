import { Random } from '../core/random.js';

/** Vectors seen along the two directions in which they vary most. */
export interface PrincipalComponents {
  /** `[count]`, the coordinates of each vector in the two directions, relative to the mean. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The fraction of the variance that each direction explains. */
  readonly explained: readonly [number, number];
}

const MAX_STEPS = 2000;
/** The cosine of the angle by which a direction may still turn, less than 1 by this. */
const TOLERANCE = 1e-14;

/**
 * The first two principal components of vectors (Pearson, 1901): the eigenvectors of the covariance with the largest eigenvalues, by power iteration
 * and deflation. As in scikit-learn, the largest loading of each direction is positive.
 *
 * @param values `[count, size]`
 */
export function principalComponents(values: Float32Array, size: number): PrincipalComponents {
  const count = values.length / size;
  const centered = centeredRows(values, size);
  const covariance = covarianceOf(centered, size);
  let total = 0;
  for (let i = 0; i < size; i++) total += covariance[i * size + i];
  const axes = [0, 1].map((order) => {
    const { direction, variance } = dominantDirection(covariance, size, order);
    deflate(covariance, direction, variance);
    return { direction, variance };
  });
  const [x, y] = axes.map(({ direction }) =>
    Float64Array.from({ length: count }, (_, row) => dot(centered, row * size, direction)),
  );
  const [first, second] = axes.map(({ variance }) => (total > 0 ? Math.max(0, variance / total) : 0));
  return { x, y, explained: [first, second] };
}

function centeredRows(values: Float32Array, size: number): Float64Array {
  const count = values.length / size;
  const means = new Float64Array(size);
  values.forEach((value, i) => (means[i % size] += value / count));
  return Float64Array.from(values, (value, i) => value - means[i % size]);
}

/** `[size, size]`, up to a common factor */
function covarianceOf(rows: Float64Array, size: number): Float64Array {
  const covariance = new Float64Array(size * size);
  for (let first = 0; first < rows.length; first += size) {
    for (let i = 0; i < size; i++) {
      const value = rows[first + i];
      if (value === 0) continue;
      for (let j = i; j < size; j++) covariance[i * size + j] += value * rows[first + j];
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i];
  }
  return covariance;
}

function dominantDirection(matrix: Float64Array, size: number, seed: number) {
  const random = new Random(seed);
  let direction = normalized(Float64Array.from({ length: size }, () => random.float64() - 0.5));
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = normalized(multiply(matrix, direction));
    const isSettled = 1 - dot(next, 0, direction) < TOLERANCE;
    direction = next;
    if (isSettled) break;
  }
  const largest = direction.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most), 0);
  if (largest < 0) direction = direction.map((each) => -each);
  return { direction, variance: dot(multiply(matrix, direction), 0, direction) };
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, row) => dot(matrix, row * vector.length, vector));
}

/** Removes a direction, so that the next one is dominant. */
function deflate(matrix: Float64Array, direction: Float64Array, variance: number): void {
  const size = direction.length;
  for (let i = 0; i < matrix.length; i++) {
    matrix[i] -= variance * direction[Math.floor(i / size)] * direction[i % size];
  }
}

/** The scalar product of a vector and as many values from a position on. */
function dot(values: Float64Array, first: number, vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += values[first + i] * vector[i];
  return sum;
}

/** Zero remains zero. */
function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, 0, vector));
  return length > 0 ? vector.map((each) => each / length) : vector;
}
