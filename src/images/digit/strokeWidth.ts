import type { Plane } from '../decodedImage.js';

/** A pixel counts as ink from this share of the maximum on: thin strokes fade when an image is shrunk. */
const MIN_INK_SHARE = 0.5;

/** The mean stroke width in pixels: four times the mean distance of ink pixels from the edge of the stroke. */
export function strokeWidth(ink: Plane): number {
  const distances = signedDistances(ink).filter((distance) => distance > 0);
  return (4 * distances.reduce((sum, distance) => sum + distance, 0)) / distances.length;
}

/** Widens strokes by a number of pixels on each side, or thins them if it is negative. */
export function thicken(ink: Plane, by: number): Plane {
  const values = signedDistances(ink).map((distance) => Math.min(1, Math.max(0, 0.5 + distance + by)));
  return { ...ink, values };
}

/** The distance of each pixel's center from the edge of the ink, in pixels; negative outside the ink. */
function signedDistances({ width, height, values }: Plane): Float32Array {
  const threshold = MIN_INK_SHARE * values.reduce((max, value) => Math.max(max, value), 0);
  const isInk = (pixel: number) => values[pixel] >= threshold;
  const inside = squaredDistances(width, height, (pixel) => !isInk(pixel));
  const outside = squaredDistances(width, height, isInk);
  return inside.map((squared, pixel) =>
    isInk(pixel) ? Math.sqrt(squared) - 0.5 : 0.5 - Math.sqrt(outside[pixel]),
  );
}

/**
 * The squared distance of each pixel from the nearest target, by columns and then by rows. Source: Felzenszwalb and
 * Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8 (2012).
 */
function squaredDistances(width: number, height: number, isTarget: (pixel: number) => boolean): Float32Array {
  const far = width ** 2 + height ** 2;
  const squares = new Float32Array(width * height);
  for (let pixel = 0; pixel < squares.length; pixel++) squares[pixel] = isTarget(pixel) ? 0 : far;
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

/** For each position, the minimum over `i` of `heights[i]` plus the squared distance from `i`: the lower envelope of parabolas. */
function lowerEnvelope(heights: Float32Array): Float32Array {
  const vertices: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < heights.length; i++) {
    let start = -Infinity;
    while (vertices.length > 0) {
      const last = vertices[vertices.length - 1];
      start = (heights[i] + i * i - heights[last] - last * last) / (2 * (i - last));
      if (start > starts[starts.length - 1]) break;
      vertices.pop();
      starts.pop();
      start = -Infinity;
    }
    vertices.push(i);
    starts.push(start);
  }
  let parabola = 0;
  return heights.map((_, position) => {
    while (parabola + 1 < starts.length && starts[parabola + 1] < position) parabola++;
    return heights[vertices[parabola]] + (position - vertices[parabola]) ** 2;
  });
}
