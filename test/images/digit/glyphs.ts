import { Random } from '#inkling/core/random.js';
import { SKELETONS, type Point } from '#inkling/data/digits/skeletons.js';
import { drawStroke } from '#inkling/data/digits/stroke.js';
import type { Plane } from '#inkling/images/decodedImage.js';

/** A digit to be written on paper. */
export interface Glyph {
  readonly digit: number;
  /** Its ink from 0 to 1, square, in the proportions of MNIST: the digit fits a box of 20/28 of the side. */
  readonly ink: Plane;
}

const SIDE = 140;
const HEIGHT = (20 / 28) * SIDE;
const MAX_SLANT = 0.25;
/** Half the stroke width, as shares of the digit's height. */
const MIN_PEN = 0.02;
const MAX_PEN = 0.06;

/** A digit drawn with strokes; the same seed gives the same glyph. */
export function drawGlyph(digit: number, seed: number): Glyph {
  const random = new Random(seed);
  const styles = SKELETONS[digit].filter(({ weight }) => weight >= 1);
  const { strokes: skeleton } = styles[random.uint32() % styles.length];
  const slant = random.uniform(0, MAX_SLANT);
  const pen = random.uniform(MIN_PEN, MAX_PEN) * HEIGHT;
  const strokes = skeleton
    .map((stroke) => drawStroke(stroke, random))
    .map((stroke) => stroke.map(({ x, y }) => ({ x: x - slant * y, y })));
  const fit = fitToCenter(strokes.flat());
  const values = new Float32Array(SIDE * SIDE);
  for (const stroke of strokes) drawLine(stroke.map(fit), pen, values);
  return { digit, ink: { width: SIDE, height: SIDE, values } };
}

/** A digit from the pixels of an image like MNIST's, light on dark. */
export function glyphOf(digit: number, pixels: Uint8Array): Glyph {
  const side = Math.sqrt(pixels.length);
  return {
    digit,
    ink: { width: side, height: side, values: Float32Array.from(pixels, (byte) => byte / 255) },
  };
}

/** The glyph's ink at a point of the unit square by bicubic interpolation (Catmull-Rom), from 0 to 1. */
export function inkAt({ ink }: Glyph, u: number, v: number): number {
  if (u < 0 || u > 1 || v < 0 || v > 1) return 0;
  const [x, y] = [u * ink.width - 0.5, v * ink.height - 0.5];
  const [column, row] = [Math.floor(x), Math.floor(y)];
  let sum = 0;
  for (let dy = -1; dy <= 2; dy++) {
    const weight = catmullRom(y - row - dy);
    for (let dx = -1; dx <= 2; dx++)
      sum += weight * catmullRom(x - column - dx) * at(ink, column + dx, row + dy);
  }
  return Math.min(1, Math.max(0, sum));
}

function at({ width, height, values }: Plane, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : values[y * width + x];
}

function catmullRom(distance: number): number {
  const t = Math.abs(distance);
  if (t < 1) return 1 - t * t * (2.5 - 1.5 * t);
  return 2 - t * (4 - t * (2.5 - 0.5 * t));
}

/** Scales points to the height, or to the width if that is larger, of the box, and centers them. */
function fitToCenter(points: readonly Point[]): (point: Point) => Point {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = HEIGHT / Math.max(right - left, bottom - top);
  return ({ x, y }) => ({
    x: SIDE / 2 + scale * (x - (left + right) / 2),
    y: SIDE / 2 + scale * (y - (top + bottom) / 2),
  });
}

/** Draws a polyline with a round pen. */
function drawLine(line: readonly Point[], radius: number, values: Float32Array): void {
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const squaredLength = Math.max(dx * dx + dy * dy, Number.EPSILON);
    const reach = radius + 1;
    for (let y = Math.floor(Math.min(from.y, to.y) - reach); y < Math.max(from.y, to.y) + reach; y++) {
      for (let x = Math.floor(Math.min(from.x, to.x) - reach); x < Math.max(from.x, to.x) + reach; x++) {
        const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
        const along = Math.min(1, Math.max(0, (px * dx + py * dy) / squaredLength));
        const coverage = radius + 0.5 - Math.hypot(px - along * dx, py - along * dy);
        const index = y * SIDE + x;
        values[index] = Math.max(values[index], Math.min(1, coverage));
      }
    }
  }
}
