import { Random } from '#inkling/core/random.js';
import { SKELETONS, type Point } from '#inkling/data/digits/skeletons.js';
import { drawStroke } from '#inkling/data/digits/stroke.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';

/** How a digit is drawn, on a picture of 240 × 320 pixels. */
export interface Look {
  readonly name: string;
  /** Half the stroke's width, in pixels. */
  readonly pen?: number;
  /** The digit's height, in pixels. */
  readonly height?: number;
  /** Clockwise, in radians. */
  readonly turn?: number;
  /** Where its middle is, in shares of the picture. */
  readonly at?: Point;
  /** From 0 (black) to 1. */
  readonly ink?: number;
  readonly paper?: number;
  /** How much darker the lower right corner is lit than the upper left one. */
  readonly shade?: number;
  /** Standard deviation of the paper's grain. */
  readonly grain?: number;
}

export const looks: readonly Look[] = [
  { name: 'plain' },
  { name: 'thick', pen: 22 },
  { name: 'thin', pen: 1.5 },
  { name: 'tilted', turn: 0.2 },
  { name: 'small', height: 50, pen: 3 },
  { name: 'off-centre', height: 110, pen: 6, at: { x: 0.75, y: 0.25 } },
  { name: 'inverted', ink: 0.95, paper: 0.05 },
  { name: 'on grey paper', ink: 0.25, paper: 0.6, grain: 0.02 },
  { name: 'photographed', ink: 0.2, paper: 0.9, shade: 0.5, grain: 0.03, turn: -0.1 },
];

const WIDTH = 240;
const HEIGHT = 320;
const CENTRE = { x: 0.5, y: 0.5 };

/** A digit as a hand draws it; the same seed gives the same picture. */
export function drawDigit(digit: number, look: Look, seed: number): DecodedImage {
  const random = new Random(seed);
  const { pen = 10, height = 200, turn = 0, at = CENTRE } = look;
  const [{ strokes: skeleton }] = SKELETONS[digit];
  const strokes = skeleton.map((stroke) => drawStroke(stroke, random));
  const place = placement(strokes.flat(), { height, turn, at });
  const distances = new Float32Array(WIDTH * HEIGHT).fill(Infinity);
  for (const stroke of strokes) drawLine(stroke.map(place), pen + 1, distances);
  const { ink = 0.05, paper = 1, shade = 0, grain = 0 } = look;
  const data = new Uint8Array(4 * WIDTH * HEIGHT);
  distances.forEach((distance, pixel) => {
    const cover = Math.min(1, Math.max(0, pen + 0.5 - distance));
    const light = 1 - (shade * ((pixel % WIDTH) / WIDTH + pixel / WIDTH / HEIGHT)) / 2;
    const value = light * (paper + (ink - paper) * cover) + grain * random.uniform(-1.7, 1.7);
    const byte = Math.round(255 * Math.min(1, Math.max(0, value)));
    data.set([byte, byte, byte, 255], 4 * pixel);
  });
  return { width: WIDTH, height: HEIGHT, data };
}

/** Where a point of the digit falls on the picture. */
function placement(
  points: readonly Point[],
  { height, turn, at }: { height: number; turn: number; at: Point },
) {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = height / (bottom - top);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return ({ x, y }: Point): Point => {
    const [u, v] = [scale * (x - (left + right) / 2), scale * (y - (top + bottom) / 2)];
    return { x: at.x * WIDTH + u * cos - v * sin, y: at.y * HEIGHT + u * sin + v * cos };
  };
}

/** Lowers `distances` to those from a line, as far as `reach` around it. */
function drawLine(line: readonly Point[], reach: number, distances: Float32Array): void {
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
    const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(HEIGHT, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(WIDTH, right); x++) {
        const at = y * WIDTH + x;
        distances[at] = Math.min(distances[at], distanceTo(from, to, { x: x + 0.5, y: y + 0.5 }));
      }
    }
  }
}

/** The distance of a point from the line between two others. */
function distanceTo(from: Point, to: Point, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * dx + (y - from.y) * dy) / Math.max(dx * dx + dy * dy, Number.EPSILON);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}
