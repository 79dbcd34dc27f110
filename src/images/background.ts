import type { Plane } from './picture.js';
import { resize } from './resize.js';

/** The paper is looked at in at most so many places a side. */
const SAMPLES = 32;
/** How often what stands out is left aside, and the paper fitted again. */
const ROUNDS = 5;
/** Half the width of the frame along the edges, in shares of the picture, that is taken for paper at first. */
const FRAME = 0.06;
/** Of normally distributed numbers, the standard deviation divided by the median distance from the middle. */
const DEVIATION_PER_MEDIAN = 1.4826;
/** What is nearer to the paper than this is paper: this many standard deviations, and this much at least. */
const INLIER_DEVIATIONS = 2.5;
const LEAST_INLIER = 0.02;

/** How bright the paper is under the ink. */
export interface Background {
  /** For each place of the picture. */
  readonly plane: Plane;
  /** How much its brightness strays, as a standard deviation. */
  readonly noise: number;
}

/**
 * The paper of a picture, lit unevenly: the second-degree surface through most of its pixels. It begins with those along
 * the edges, since a digit may fill most of the picture.
 */
export function backgroundOf(picture: Plane): Background {
  const small = resize(picture, Math.min(SAMPLES, picture.width), Math.min(SAMPLES, picture.height));
  const terms = Array.from(small.values, (_, at) =>
    termsAt((at % small.width) + 0.5, Math.floor(at / small.width) + 0.5, small),
  );
  const distances = (places: readonly number[], surface: readonly number[]) =>
    Float32Array.from(places, (at) => Math.abs(small.values[at] - valueOf(surface, terms[at])));
  const all = [...terms.keys()];
  const frame = all.filter((at) => Math.max(Math.abs(terms[at][1]), Math.abs(terms[at][2])) > 1 - 2 * FRAME);
  const level = median(Float32Array.from(frame, (at) => small.values[at]));
  let surface = [level, 0, 0, 0, 0, 0];
  let inliers = nearest(frame, distances(frame, surface));
  for (let round = 0; round < ROUNDS; round++) {
    surface = fit(inliers.map((at) => ({ terms: terms[at], value: small.values[at] })));
    inliers = nearest(all, distances(all, surface));
  }
  const plane = spread(surface, picture);
  return { plane, noise: noiseOf(picture, plane) };
}

/** Those places that stray no more than most of the nearer half do. */
function nearest(places: readonly number[], distances: Float32Array): number[] {
  const limit = INLIER_DEVIATIONS * DEVIATION_PER_MEDIAN * median(distances);
  return places.filter((_, i) => distances[i] <= Math.max(LEAST_INLIER, limit));
}

/** 1, x, y, x², xy and y², where x and y go from -1 to 1 over the picture. */
function termsAt(
  column: number,
  row: number,
  { width, height }: { width: number; height: number },
): number[] {
  const x = (2 * column) / width - 1;
  const y = (2 * row) / height - 1;
  return [1, x, y, x * x, x * y, y * y];
}

function valueOf(surface: readonly number[], terms: readonly number[]): number {
  let value = 0;
  for (let i = 0; i < terms.length; i++) value += surface[i] * terms[i];
  return value;
}

/** The least-squares surface, by its normal equations; a little is added to their diagonal for pictures of few pixels. */
function fit(points: readonly { terms: readonly number[]; value: number }[]): number[] {
  const size = 6;
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + 1 }, (_, j) =>
      points.reduce((sum, { terms, value }) => sum + terms[i] * (j < size ? terms[j] : value), 0),
    ),
  );
  for (let i = 0; i < size; i++) rows[i][i] += 1e-6 * points.length + 1e-9;
  return solve(rows);
}

/** Gauss and Jordan's elimination of a positive definite system, `[size, size + 1]`. */
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

function spread(surface: readonly number[], { width, height }: Plane): Plane {
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

/** From the pixels themselves: in a smaller picture grain has been averaged away. */
function noiseOf({ values }: Plane, paper: Plane): number {
  const step = Math.max(1, Math.floor(values.length / SAMPLES ** 2));
  const distances: number[] = [];
  for (let at = 0; at < values.length; at += step) distances.push(Math.abs(values[at] - paper.values[at]));
  return DEVIATION_PER_MEDIAN * median(Float32Array.from(distances));
}

function median(values: Float32Array): number {
  return values.slice().sort()[values.length >> 1];
}
