import type { Plane } from './picture.js';

/** A place counts as ink from this share of the most ink on: thin strokes of a picture that was made smaller are pale. */
const INKED = 0.5;

/** The mean width of strokes, in pixels: four times the mean distance of inked pixels from the stroke's edge. */
export function strokeWidth(ink: Plane): number {
  const distances = depths(ink).filter((depth) => depth > 0);
  return (4 * distances.reduce((sum, depth) => sum + depth, 0)) / distances.length;
}

/** Strokes made wider by some pixels on each side, or thinner by a negative number of them. */
export function thicken(ink: Plane, by: number): Plane {
  const values = depths(ink).map((depth) => Math.min(1, Math.max(0, 0.5 + depth + by)));
  return { ...ink, values };
}

/** How deep in the ink each pixel's centre lies, in pixels; negative outside of it. */
function depths({ width, height, values }: Plane): Float32Array {
  const least = INKED * values.reduce((most, value) => Math.max(most, value), 0);
  const isInked = (at: number) => values[at] >= least;
  const inside = squaredDistances(width, height, (at) => !isInked(at));
  const outside = squaredDistances(width, height, isInked);
  return inside.map((squared, at) => (isInked(at) ? Math.sqrt(squared) - 0.5 : 0.5 - Math.sqrt(outside[at])));
}

/**
 * The squared distance of each pixel from the nearest target: first down every column, then along every row; Felzenszwalb
 * and Huttenlocher, Theory of Computing 8 (2012).
 */
function squaredDistances(width: number, height: number, isTarget: (at: number) => boolean): Float32Array {
  const far = width ** 2 + height ** 2;
  const squares = new Float32Array(width * height);
  for (let at = 0; at < squares.length; at++) squares[at] = isTarget(at) ? 0 : far;
  const column = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = squares[y * width + x];
    lowerEnvelope(column).forEach((square, y) => (squares[y * width + x] = square));
  }
  for (let y = 0; y < height; y++) {
    const row = squares.subarray(y * width, (y + 1) * width);
    row.set(lowerEnvelope(row));
  }
  return squares;
}

/** For each place, the least of `heights[i]` plus its squared distance from `i`: the lowest of parabolas. */
function lowerEnvelope(heights: Float32Array): Float32Array {
  const centres: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < heights.length; i++) {
    let start = -Infinity;
    while (centres.length > 0) {
      const last = centres[centres.length - 1];
      start = (heights[i] + i * i - heights[last] - last * last) / (2 * (i - last));
      if (start > starts[starts.length - 1]) break;
      centres.pop();
      starts.pop();
      start = -Infinity;
    }
    centres.push(i);
    starts.push(start);
  }
  let parabola = 0;
  return heights.map((_, place) => {
    while (parabola + 1 < starts.length && starts[parabola + 1] < place) parabola++;
    return heights[centres[parabola]] + (place - centres[parabola]) ** 2;
  });
}
