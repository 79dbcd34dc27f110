import type { Plane } from '../decodedImage.js';

/** A pixel counts as ink from this share of the maximum on: thin strokes fade when an image is shrunk. */
const MIN_INK_SHARE = 0.5;

/**
 * The mean stroke width in pixels: four times the mean distance of ink pixels from the edge of the stroke.
 *
 * @param distances as `signedDistances` returns them
 */
export function strokeWidth(distances: Float32Array): number {
  let [sum, count] = [0, 0];
  for (const distance of distances) {
    if (distance <= 0) continue;
    sum += distance;
    count++;
  }
  return (4 * sum) / count;
}

/**
 * The ink with strokes widened by a number of pixels on each side, or thinned if it is negative.
 *
 * @param distances as `signedDistances` returns them
 */
export function thicken(distances: Float32Array, by: number): Float32Array {
  const values = new Float32Array(distances.length);
  for (let pixel = 0; pixel < values.length; pixel++) {
    values[pixel] = Math.min(1, Math.max(0, 0.5 + distances[pixel] + by));
  }
  return values;
}

/** The distance of each pixel's center from the edge of the ink, in pixels; negative outside the ink. */
export function signedDistances({ width, height, values }: Plane): Float32Array {
  let maximum = 0;
  for (const value of values) maximum = Math.max(maximum, value);
  const threshold = MIN_INK_SHARE * maximum;
  const far = width ** 2 + height ** 2;
  const inside = new Float32Array(values.length);
  const outside = new Float32Array(values.length);
  for (let pixel = 0; pixel < values.length; pixel++) {
    if (values[pixel] >= threshold) inside[pixel] = far;
    else outside[pixel] = far;
  }
  squaredDistances(inside, width);
  squaredDistances(outside, width);
  for (let pixel = 0; pixel < values.length; pixel++) {
    inside[pixel] =
      values[pixel] >= threshold ? Math.sqrt(inside[pixel]) - 0.5 : 0.5 - Math.sqrt(outside[pixel]);
  }
  return inside;
}

/**
 * Replaces 0 and large values by the squared distance of each pixel from the nearest 0, by columns and then by rows. Source: Felzenszwalb
 * and Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8 (2012).
 */
function squaredDistances(squares: Float32Array, width: number): void {
  squareColumnDistances(squares, width);
  lowerEnvelopes(squares, width);
}

/**
 * The same within columns, where it is the distance from the last 0 above or the first one below. All columns advance together, which
 * accesses memory in sequence. A column without a 0 is not changed.
 */
function squareColumnDistances(squares: Float32Array, width: number): void {
  const steps = new Float64Array(width).fill(Infinity);
  for (let pixel = 0, x = 0; pixel < squares.length; pixel++) {
    steps[x] = squares[pixel] === 0 ? 0 : steps[x] + 1;
    squares[pixel] = Math.min(squares[pixel], steps[x] * steps[x]);
    if (++x === width) x = 0;
  }
  steps.fill(Infinity);
  for (let pixel = squares.length - 1, x = width - 1; pixel >= 0; pixel--) {
    steps[x] = squares[pixel] === 0 ? 0 : steps[x] + 1;
    squares[pixel] = Math.min(squares[pixel], steps[x] * steps[x]);
    if (--x < 0) x = width - 1;
  }
}

/**
 * Replaces each value by the minimum over the positions `i` of its row of the value at `i` plus the squared distance from `i`: the lower
 * envelope of parabolas.
 */
function lowerEnvelopes(values: Float32Array, width: number): void {
  const heights = new Float32Array(width);
  const vertices = new Int32Array(width);
  const starts = new Float64Array(width);
  for (let row = 0; row < values.length; row += width) {
    let last = -1;
    for (let i = 0; i < width; i++) {
      heights[i] = values[row + i];
      let start = -Infinity;
      while (last >= 0) {
        const vertex = vertices[last];
        start = (heights[i] + i * i - heights[vertex] - vertex * vertex) / (2 * (i - vertex));
        if (start > starts[last]) break;
        last--;
        start = -Infinity;
      }
      last++;
      vertices[last] = i;
      starts[last] = start;
    }
    for (let i = 0, parabola = 0; i < width; i++) {
      while (parabola < last && starts[parabola + 1] < i) parabola++;
      values[row + i] = heights[vertices[parabola]] + (i - vertices[parabola]) ** 2;
    }
  }
}
