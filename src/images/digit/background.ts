import type { Plane, Size } from '../decodedImage.js';
import { resize } from '../resize.js';
import { DEVIATION_PER_MEDIAN, median } from './select.js';

/** The paper is sampled on a grid of at most this many points per side. */
const MAX_SAMPLES = 32;
/** How often outliers are excluded and the surface is fitted again. */
const ROUNDS = 5;
/** The first fit uses a border of this width along the edges, as a share of the image. */
const BORDER = 0.06;
/** Points within this many standard deviations of the surface are inliers, and all points within a fixed distance. */
const MAX_INLIER_DEVIATIONS = 2.5;
const MIN_INLIER_DISTANCE = 0.02;

/**
 * Estimates the unevenly lit paper of an image by a robust fit of a quadratic surface. The fit starts with the pixels along
 * the edges, since a digit may fill most of the image.
 */
export function estimateBackground(image: Plane): Plane {
  const small = resize(image, Math.min(MAX_SAMPLES, image.width), Math.min(MAX_SAMPLES, image.height));
  const terms = Array.from(small.values, (_, index) =>
    termsAt((index % small.width) + 0.5, Math.floor(index / small.width) + 0.5, small),
  );
  const distances = (indices: readonly number[], surface: readonly number[]) => {
    const result = new Float32Array(indices.length);
    for (let i = 0; i < result.length; i++) {
      result[i] = Math.abs(small.values[indices[i]] - valueOf(surface, terms[indices[i]]));
    }
    return result;
  };
  const all = [...terms.keys()];
  const border = all.filter(
    (index) => Math.max(Math.abs(terms[index][1]), Math.abs(terms[index][2])) > 1 - 2 * BORDER,
  );
  const level = median(Float32Array.from(border, (index) => small.values[index]));
  let surface = [level, 0, 0, 0, 0, 0];
  let inliers = inliersOf(border, distances(border, surface));
  for (let round = 0; round < ROUNDS; round++) {
    surface = fit(inliers, terms, small.values);
    inliers = inliersOf(all, distances(all, surface));
  }
  return evaluate(surface, image);
}

/** The points whose distance from the surface is plausible given the median distance. */
function inliersOf(indices: readonly number[], distances: Float32Array): number[] {
  const maxDistance = MAX_INLIER_DEVIATIONS * DEVIATION_PER_MEDIAN * median(distances.slice());
  return indices.filter((_, i) => distances[i] <= Math.max(MIN_INLIER_DISTANCE, maxDistance));
}

/** 1, x, y, x², xy and y², where x and y range from -1 to 1 across the image. */
function termsAt(column: number, row: number, { width, height }: Size): number[] {
  const x = (2 * column) / width - 1;
  const y = (2 * row) / height - 1;
  return [1, x, y, x * x, x * y, y * y];
}

function valueOf(surface: readonly number[], terms: readonly number[]): number {
  let value = 0;
  for (let i = 0; i < terms.length; i++) value += surface[i] * terms[i];
  return value;
}

/** The least-squares surface from the normal equations, with a small ridge term for images of few pixels. */
function fit(
  indices: readonly number[],
  terms: readonly (readonly number[])[],
  values: Float32Array,
): number[] {
  const size = 6;
  const rows = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  for (const index of indices) {
    const own = terms[index];
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) rows[i][j] += own[i] * own[j];
      rows[i][size] += own[i] * values[index];
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) rows[i][j] = rows[j][i];
    rows[i][i] += 1e-6 * indices.length + 1e-9;
  }
  return solve(rows);
}

/** Gauss-Jordan elimination of a positive definite system, `[size, size + 1]`. */
function solve(rows: number[][]): number[] {
  for (let i = 0; i < rows.length; i++) {
    rows[i] = rows[i].map((value) => value / rows[i][i]);
    for (let other = 0; other < rows.length; other++) {
      if (other === i) continue;
      const factor = rows[other][i];
      rows[other] = rows[other].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return rows.map((row) => row[rows.length]);
}

/** The surface at each pixel of the image, from 0 to 1. */
function evaluate(surface: readonly number[], { width, height }: Plane): Plane {
  const [one, x, y, xx, xy, yy] = surface;
  const values = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const v = (2 * row + 1) / height - 1;
    for (let column = 0; column < width; column++) {
      const u = (2 * column + 1) / width - 1;
      const value = one + u * (x + xx * u + xy * v) + v * (y + yy * v);
      values[row * width + column] = Math.min(1, Math.max(0, value));
    }
  }
  return { width, height, values };
}
