import type { Features } from '#inkling/predict/features.js';

/** Added to the diagonal, as a share of the mean variance, so that the covariance can be inverted. */
const SHRINKAGE = 0.1;

/** A distance from the nearest mean, squared, in units of a covariance that all classes share. */
export type Distance = (vector: Float32Array) => number;

/** Fits the Mahalanobis distance to labeled features. Source: Lee et al., NeurIPS 2018; with one class, that of the background. */
export function fitMahalanobis(
  { size, values }: Features,
  labels: ArrayLike<number>,
  classes: number,
): Distance {
  const images = values.length / size;
  const means = Array.from({ length: classes }, () => new Float64Array(size));
  const counts = new Float64Array(classes);
  for (let image = 0; image < images; image++) {
    counts[labels[image]] += 1;
    for (let i = 0; i < size; i++) means[labels[image]][i] += values[image * size + i];
  }
  means.forEach((mean, label) => mean.forEach((sum, i) => (mean[i] = sum / counts[label])));
  const covariance = new Float64Array(size * size);
  const centered = new Float64Array(size);
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < size; i++) centered[i] = values[image * size + i] - means[labels[image]][i];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) covariance[i * size + j] += (centered[i] * centered[j]) / images;
    }
  }
  let trace = 0;
  for (let i = 0; i < size; i++) trace += covariance[i * size + i];
  for (let i = 0; i < size; i++) covariance[i * size + i] += (SHRINKAGE * trace) / size;
  const root = cholesky(covariance, size);
  return (vector) =>
    Math.min(
      ...means.map((mean) =>
        squaredNorm(
          root,
          vector.map((value, i) => value - mean[i]),
        ),
      ),
    );
}

/** The lower triangle `L` with `L Lᵀ` = the matrix. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= root[i * size + k] * root[j * size + k];
      root[i * size + j] = i === j ? Math.sqrt(sum) : sum / root[j * size + j];
    }
  }
  return root;
}

/** The squared length of `L⁻¹ v`, by forward substitution. */
function squaredNorm(root: Float64Array, vector: Float32Array): number {
  const size = vector.length;
  const solved = new Float64Array(size);
  let norm = 0;
  for (let i = 0; i < size; i++) {
    let sum = vector[i];
    for (let k = 0; k < i; k++) sum -= root[i * size + k] * solved[k];
    solved[i] = sum / root[i * size + i];
    norm += solved[i] ** 2;
  }
  return norm;
}
