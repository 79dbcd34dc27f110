import { MAX_BYTE } from '../../core/pixels.js';
import type { Random } from '../../core/random.js';
import type { Shape } from '../../core/shape.js';

/** A Gaussian is cut off at this many standard deviations, as in SciPy. */
const TRUNCATE = 4;

/**
 * Adds Gaussian noise to each value.
 *
 * @param sigma its standard deviation, relative to the range of the pixels
 */
export function addNoise(pixels: Uint8Array, sigma: number, random: Random): Float64Array {
  const noisy = new Float64Array(pixels.length);
  // Box and Muller, 1958: two normal numbers from two uniform ones.
  for (let i = 0; i < pixels.length; i += 2) {
    const radius = MAX_BYTE * sigma * Math.sqrt(-2 * Math.log(1 - random.float64()));
    const angle = 2 * Math.PI * random.float64();
    noisy[i] = pixels[i] + radius * Math.cos(angle);
    if (i + 1 < pixels.length) noisy[i + 1] = pixels[i + 1] + radius * Math.sin(angle);
  }
  return noisy;
}

/**
 * Convolves an image with a Gaussian, channel by channel; the pixels at the edge are repeated.
 *
 * @param pixels `[height, width, channels]`
 * @param sigma in pixels
 */
export function blurImage(pixels: Uint8Array, [height, width, channels]: Shape, sigma: number): Float64Array {
  const weights = gaussian(sigma);
  const rows = filterAxis(pixels, weights, { length: height, stride: width * channels });
  return filterAxis(rows, weights, { length: width, stride: channels });
}

/** Weights at the distances from `-radius` to `radius`, which add up to 1. */
function gaussian(sigma: number): Float64Array {
  const radius = Math.trunc(TRUNCATE * sigma + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / sigma) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** @param axis the number of positions along it, and the distance of two in the array */
function filterAxis(
  values: ArrayLike<number>,
  weights: Float64Array,
  { length, stride }: { readonly length: number; readonly stride: number },
): Float64Array {
  const radius = (weights.length - 1) / 2;
  const filtered = new Float64Array(values.length);
  for (let position = 0; position < length; position++) {
    for (let offset = -radius; offset <= radius; offset++) {
      const weight = weights[offset + radius];
      const shift = (Math.min(Math.max(position + offset, 0), length - 1) - position) * stride;
      for (let line = position * stride; line < values.length; line += length * stride) {
        for (let i = line; i < line + stride; i++) filtered[i] += weight * values[i + shift];
      }
    }
  }
  return filtered;
}

/**
 * Reduces the contrast: the differences from the mean of each channel are multiplied by a factor.
 *
 * @param pixels `[height, width, channels]`
 */
export function reduceContrast(pixels: Uint8Array, [, , channels]: Shape, factor: number): Float64Array {
  const reduced = new Float64Array(pixels.length);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let i = channel; i < pixels.length; i += channels) sum += pixels[i];
    const mean = (sum * channels) / pixels.length;
    for (let i = channel; i < pixels.length; i += channels) reduced[i] = mean + factor * (pixels[i] - mean);
  }
  return reduced;
}
