import { Random } from '#inkling/core/random.js';
import { SKELETONS, type Point } from '#inkling/data/digits/skeletons.js';
import { drawStroke } from '#inkling/data/digits/stroke.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';

/** How a digit is drawn on an image of 240 × 320 pixels. */
export interface DrawingStyle {
  readonly name: string;
  /** Half the stroke width, in pixels. */
  readonly pen?: number;
  /** The digit's height, in pixels. */
  readonly height?: number;
  /** Clockwise rotation, in radians. */
  readonly rotation?: number;
  /** The position of its center, as shares of the image. */
  readonly center?: Point;
  /** From 0 (black) to 1. */
  readonly ink?: number;
  readonly paper?: number;
  /** How much darker the lower right corner is than the upper left one. */
  readonly shade?: number;
  /** The standard deviation of the noise. */
  readonly noise?: number;
}

export const drawingStyles: readonly DrawingStyle[] = [
  { name: 'plain' },
  { name: 'thick', pen: 22 },
  { name: 'thin', pen: 1.5 },
  { name: 'tilted', rotation: 0.2 },
  { name: 'small', height: 50, pen: 3 },
  { name: 'off-center', height: 110, pen: 6, center: { x: 0.75, y: 0.25 } },
  { name: 'inverted', ink: 0.95, paper: 0.05 },
  { name: 'on gray paper', ink: 0.25, paper: 0.6, noise: 0.02 },
  { name: 'photographed', ink: 0.2, paper: 0.9, shade: 0.5, noise: 0.03, rotation: -0.1 },
];

const WIDTH = 240;
const HEIGHT = 320;
const CENTER = { x: 0.5, y: 0.5 };

/** Draws a handwritten digit; the same seed gives the same image. */
export function drawDigit(digit: number, style: DrawingStyle, seed: number): DecodedImage {
  const random = new Random(seed);
  const { pen = 10, height = 200, rotation = 0, center = CENTER } = style;
  const [{ strokes: skeleton }] = SKELETONS[digit];
  const strokes = skeleton.map((stroke) => drawStroke(stroke, random));
  const toImage = imageTransform(strokes.flat(), { height, rotation, center });
  const distances = new Float32Array(WIDTH * HEIGHT).fill(Infinity);
  for (const stroke of strokes) drawLine(stroke.map(toImage), pen + 1, distances);
  const { ink = 0.05, paper = 1, shade = 0, noise = 0 } = style;
  const data = new Uint8Array(4 * WIDTH * HEIGHT);
  distances.forEach((distance, pixel) => {
    const coverage = Math.min(1, Math.max(0, pen + 0.5 - distance));
    const light = 1 - (shade * ((pixel % WIDTH) / WIDTH + pixel / WIDTH / HEIGHT)) / 2;
    const value = light * (paper + (ink - paper) * coverage) + noise * random.uniform(-1.7, 1.7);
    const byte = Math.round(255 * Math.min(1, Math.max(0, value)));
    data.set([byte, byte, byte, 255], 4 * pixel);
  });
  return { width: WIDTH, height: HEIGHT, data };
}

/** Images of the same size, side by side. */
export function beside(images: readonly DecodedImage[]): DecodedImage {
  const [{ width, height }] = images;
  const row = 4 * width;
  const data = new Uint8Array(images.length * row * height);
  images.forEach((image, i) => {
    for (let y = 0; y < height; y++) {
      data.set(image.data.subarray(y * row, (y + 1) * row), (y * images.length + i) * row);
    }
  });
  return { width: images.length * width, height, data };
}

/** Maps points of the digit to points of the image. */
function imageTransform(
  points: readonly Point[],
  { height, rotation, center }: { height: number; rotation: number; center: Point },
) {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = height / (bottom - top);
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  return ({ x, y }: Point): Point => {
    const [u, v] = [scale * (x - (left + right) / 2), scale * (y - (top + bottom) / 2)];
    return { x: center.x * WIDTH + u * cos - v * sin, y: center.y * HEIGHT + u * sin + v * cos };
  };
}

/** Updates the distance of each pixel from the nearest line, up to `reach`. */
function drawLine(line: readonly Point[], reach: number, distances: Float32Array): void {
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
    const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(HEIGHT, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(WIDTH, right); x++) {
        const pixel = y * WIDTH + x;
        distances[pixel] = Math.min(distances[pixel], distanceTo(from, to, { x: x + 0.5, y: y + 0.5 }));
      }
    }
  }
}

/** The distance of a point from a line segment. */
function distanceTo(from: Point, to: Point, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * dx + (y - from.y) * dy) / Math.max(dx * dx + dy * dy, Number.EPSILON);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}
