import type { Plane } from '../decodedImage.js';
import { DEVIATION_PER_MEDIAN, median } from './select.js';
import { transpose } from './transpose.js';

/** The noise that smoothing aims at, as a share of the range of brightness. */
const TARGET_NOISE = 0.01;
/** The largest standard deviation of the kernel, as a share of the shorter side: thin strokes must remain. */
const MAX_BLUR = 1 / 160;
/** Below this, the kernel is a single pixel. */
const MIN_BLUR = 0.4;

/** Smooths grain with a Gaussian filter, as far as the noise requires. */
export function smoothGrain(plane: Plane): Plane {
  // White noise of deviation s has s / (2 sqrt(pi) b) after a Gaussian filter of deviation b.
  const needed = noiseOf(plane) / TARGET_NOISE / (2 * Math.sqrt(Math.PI));
  const blur = Math.min(needed, MAX_BLUR * Math.min(plane.width, plane.height));
  return blur < MIN_BLUR ? plane : gaussian(plane, blur);
}

/**
 * The standard deviation of white noise, from the second differences in both directions, which vanish where the image is smooth. Source:
 * J. Immerkær, "Fast Noise Variance Estimation", Computer Vision and Image Understanding 64 (1996); here with the median, which
 * strokes do not affect.
 */
function noiseOf({ width, height, values }: Plane): number {
  const step = Math.max(1, Math.floor((width * height) / 20_000));
  const differences = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  for (let pixel = width + 1; pixel < values.length - width - 1; pixel += step) {
    const column = pixel % width;
    if (column === 0 || column === width - 1) continue;
    const row = (at: number) => values[at - 1] - 2 * values[at] + values[at + 1];
    differences[count++] = Math.abs(row(pixel - width) - 2 * row(pixel) + row(pixel + width));
  }
  if (count === 0) return 0;
  // The squares of the weights (1, -2, 1; -2, 4, -2; 1, -2, 1) add up to 36.
  return (DEVIATION_PER_MEDIAN * median(differences.subarray(0, count))) / 6;
}

/** By rows and then by columns; the plane's edge is repeated outside. */
function gaussian({ width, height, values }: Plane, deviation: number): Plane {
  const reach = Math.ceil(3 * deviation);
  const weights = Float32Array.from({ length: reach + 1 }, (_, i) =>
    Math.exp(-(i ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0);
  const filterRows = (from: Float32Array, count: number) => {
    const to = new Float32Array(from.length);
    const padded = new Float32Array(count + 2 * reach);
    for (let start = 0; start < from.length; start += count) {
      padded.fill(from[start], 0, reach).fill(from[start + count - 1], reach + count);
      for (let i = 0; i < count; i++) padded[reach + i] = from[start + i];
      for (let i = 0; i < count; i++) {
        let sum = weights[0] * padded[reach + i];
        for (let d = 1; d <= reach; d++) sum += weights[d] * (padded[reach + i - d] + padded[reach + i + d]);
        to[start + i] = sum / total;
      }
    }
    return to;
  };
  const columns = filterRows(transpose(filterRows(values, width), width), height);
  return { width, height, values: transpose(columns, height) };
}
