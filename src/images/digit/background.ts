import { areEqual } from '../../core/arrays.js';
import type { Plane, Size } from '../decodedImage.js';
import { resize } from '../resize/resize.js';
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

/** The number of terms of a quadratic surface. */
const TERMS = 6;

/** What a surface is fitted to. */
interface Points {
  /** `[points, TERMS]` */
  readonly terms: Float64Array;
  readonly values: Float32Array;
}

/**
 * Estimates the unevenly lit paper of an image by a robust fit of a quadratic surface. The fit starts with the pixels along
 * the edges, since a digit may fill most of the image.
 */
export function estimateBackground(image: Plane): Plane {
  const small = resize(image, Math.min(MAX_SAMPLES, image.width), Math.min(MAX_SAMPLES, image.height));
  const points = { terms: termsOf(small), values: small.values };
  const all = new Int32Array(small.values.length);
  for (let point = 0; point < all.length; point++) all[point] = point;
  const border = all.filter(
    (point) =>
      Math.max(Math.abs(points.terms[TERMS * point + 1]), Math.abs(points.terms[TERMS * point + 2])) >
      1 - 2 * BORDER,
  );
  const level = median(Float32Array.from(border, (point) => small.values[point]));
  let surface: Float64Array = Float64Array.of(level, 0, 0, 0, 0, 0);
  let inliers = inliersOf(border, points, surface);
  for (let round = 0; round < ROUNDS; round++) {
    surface = fit(inliers, points);
    const next = inliersOf(all, points, surface);
    // Further rounds would fit the same surface.
    if (areEqual(next, inliers)) break;
    inliers = next;
  }
  return evaluate(surface, image);
}

/** 1, x, y, x², xy and y², where x and y range from -1 to 1 across the image. */
function termsOf({ width, height }: Size): Float64Array {
  const terms = new Float64Array(TERMS * width * height);
  for (let point = 0, at = 0; point < width * height; point++, at += TERMS) {
    const x = (2 * ((point % width) + 0.5)) / width - 1;
    const y = (2 * (Math.floor(point / width) + 0.5)) / height - 1;
    terms[at] = 1;
    terms[at + 1] = x;
    terms[at + 2] = y;
    terms[at + 3] = x * x;
    terms[at + 4] = x * y;
    terms[at + 5] = y * y;
  }
  return terms;
}

/** The points whose distance from the surface is plausible given the median distance. */
function inliersOf(indices: Int32Array, { terms, values }: Points, surface: Float64Array): Int32Array {
  const distances = new Float32Array(indices.length);
  const [one, x, y, xx, xy, yy] = surface;
  for (let i = 0; i < distances.length; i++) {
    const at = TERMS * indices[i];
    const value =
      one * terms[at] +
      x * terms[at + 1] +
      y * terms[at + 2] +
      xx * terms[at + 3] +
      xy * terms[at + 4] +
      yy * terms[at + 5];
    distances[i] = Math.abs(values[indices[i]] - value);
  }
  const likely = MAX_INLIER_DEVIATIONS * DEVIATION_PER_MEDIAN * median(distances.slice());
  const maxDistance = Math.max(MIN_INLIER_DISTANCE, likely);
  const inliers = new Int32Array(indices.length);
  let count = 0;
  for (let i = 0; i < indices.length; i++) if (distances[i] <= maxDistance) inliers[count++] = indices[i];
  return inliers.subarray(0, count);
}

/** The least-squares surface from the normal equations, with a small ridge term for images of few pixels. */
function fit(indices: Int32Array, { terms, values }: Points): Float64Array {
  const rows = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1));
  rows.forEach((row, i) => {
    for (let j = i; j < TERMS; j++) row[j] = sumOfProducts(indices, terms, i, j);
    let sum = 0;
    for (const index of indices) sum += terms[TERMS * index + i] * values[index];
    row[TERMS] = sum;
  });
  for (let i = 0; i < TERMS; i++) {
    for (let j = 0; j < i; j++) rows[i][j] = rows[j][i];
    rows[i][i] += 1e-6 * indices.length + 1e-9;
  }
  return solve(rows);
}

/** The sum of the products of two terms over points. */
function sumOfProducts(indices: Int32Array, terms: Float64Array, i: number, j: number): number {
  let sum = 0;
  for (const index of indices) sum += terms[TERMS * index + i] * terms[TERMS * index + j];
  return sum;
}

/** Gauss-Jordan elimination of a positive definite system, `[size, size + 1]`, which is changed. */
function solve(rows: readonly Float64Array[]): Float64Array {
  rows.forEach((row, i) => {
    const pivot = row[i];
    for (let j = 0; j < row.length; j++) row[j] /= pivot;
    for (const other of rows) {
      if (other === row) continue;
      const factor = other[i];
      for (let j = 0; j < row.length; j++) other[j] -= factor * row[j];
    }
  });
  return Float64Array.from(rows, (row) => row[rows.length]);
}

/** The surface at each pixel of the image, from 0 to 1. */
function evaluate(surface: Float64Array, { width, height }: Plane): Plane {
  const [one, x, y, xx, xy, yy] = surface;
  const values = new Float32Array(width * height);
  const us = Float64Array.from({ length: width }, (_, column) => (2 * column + 1) / width - 1);
  for (let row = 0, at = 0; row < height; row++) {
    const v = (2 * row + 1) / height - 1;
    const [slope, rest] = [xy * v, v * (y + yy * v)];
    for (let column = 0; column < width; column++, at++) {
      const u = us[column];
      const value = one + u * (x + xx * u + slope) + rest;
      values[at] = Math.min(1, Math.max(0, value));
    }
  }
  return { width, height, values };
}
