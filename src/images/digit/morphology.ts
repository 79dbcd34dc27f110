import type { Plane } from '../decodedImage.js';

/**
 * Grayscale closing with a square: fills what is darker than its surroundings and too narrow to contain the square, and keeps
 * all else, sharp edges included. Pixels outside the plane are ignored.
 *
 * @param side of the square in pixels, odd
 */
export function closing(plane: Plane, side: number): Plane {
  return negate(dilate(negate(dilate(plane, side)), side));
}

function negate({ width, height, values }: Plane): Plane {
  return { width, height, values: values.map((value) => -value) };
}

/** The maximum in a square around each pixel, by rows and then by columns. */
function dilate({ width, height, values }: Plane, side: number): Plane {
  const result = values.slice();
  const reach = (side - 1) / 2;
  for (let y = 0; y < height; y++) slidingMaximum(result, y * width, 1, width, reach);
  for (let x = 0; x < width; x++) slidingMaximum(result, x, width, height, reach);
  return { width, height, values: result };
}

/**
 * Replaces each of `count` values by the maximum of those at most `reach` away. Source: M. van Herk, "A fast algorithm for local
 * minimum and maximum filters on rectangular and octagonal kernels", Pattern Recognition Letters 13 (1992).
 */
function slidingMaximum(
  values: Float32Array,
  start: number,
  stride: number,
  count: number,
  reach: number,
): void {
  const side = 2 * reach + 1;
  const padded = Math.ceil((count + 2 * reach) / side) * side;
  // The maxima since the start of a block, and until its end; a window consists of the end of one and the start of the next.
  const since = new Float32Array(padded).fill(-Infinity);
  for (let i = 0; i < count; i++) since[i + reach] = values[start + i * stride];
  const until = since.slice();
  for (let i = 1; i < padded; i++) if (i % side !== 0 && since[i - 1] > since[i]) since[i] = since[i - 1];
  for (let i = padded - 2; i >= 0; i--)
    if ((i + 1) % side !== 0 && until[i + 1] > until[i]) until[i] = until[i + 1];
  for (let i = 0; i < count; i++) values[start + i * stride] = Math.max(until[i], since[i + side - 1]);
}
