import { Random } from '#inkling/core/random.js';
import { normal } from '#inkling/data/digits/normal.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import { type Glyph, inkAt } from './glyphs.js';

/** Red, green and blue, from 0 to 255. */
export type Color = readonly [number, number, number];

/** Something printed on the paper. Coordinates are pixels of the sheet. */
export interface Print {
  readonly color: Color;
  /** From 0 to 1. */
  readonly coverage: (x: number, y: number) => number;
}

/** What a photo shows. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly paper: Color;
  readonly ink: Color;
  /** The digit's position on the sheet: center and side of its glyph in pixels, clockwise rotation in radians. */
  readonly digit: {
    readonly x: number;
    readonly y: number;
    readonly side: number;
    readonly rotation: number;
  };
  /** Ink covers a pixel where the glyph has more than this: thins the strokes if above 1/2. */
  readonly level: number;
  /** How unevenly the pen covers the paper, from 0 to 1. */
  readonly gaps: number;
  readonly prints: readonly Print[];
  /** Maps a pixel of the photo to the sheet. */
  readonly toSheet: (x: number, y: number) => readonly [number, number];
  /** Left, top, right and bottom of the sheet, in its own coordinates. */
  readonly sheet: readonly [number, number, number, number];
  /** What is seen around the sheet. */
  readonly desk: Color;
  /** The light that reaches a pixel of the photo, from 0 to 1. */
  readonly light: (x: number, y: number) => number;
  /** The standard deviation of the noise, from 0 to 255, and the size of its grains, in pixels. */
  readonly grain: number;
  readonly grainSize: number;
}

/** Renders a scene; the same seed gives the same pixels. */
export function photograph(scene: Scene, glyph: Glyph, seed: number): DecodedImage {
  const random = new Random(seed);
  const { width, height } = scene;
  const noise = noiseField(scene, random);
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const color = colorAt(scene, glyph, x, y, random);
      const light = scene.light(x, y);
      for (let channel = 0; channel < 3; channel++) {
        const value = light * color[channel] + noise[pixel];
        data[4 * pixel + channel] = Math.round(Math.min(255, Math.max(0, value)));
      }
      data[4 * pixel + 3] = 255;
    }
  }
  return { width, height, data };
}

function colorAt(scene: Scene, glyph: Glyph, x: number, y: number, random: Random): Color {
  const [u, v] = scene.toSheet(x, y);
  const [left, top, right, bottom] = scene.sheet;
  // The distance to the nearest edge of the sheet: the edge pixel shows both.
  const inside = Math.min(u - left, right - u, v - top, bottom - v) + 0.5;
  if (inside <= 0) return scene.desk;
  let color = scene.paper;
  for (const print of scene.prints) color = mix(color, print.color, print.coverage(u, v));
  const { digit, level, gaps } = scene;
  const [cos, sin] = [Math.cos(digit.rotation) / digit.side, Math.sin(digit.rotation) / digit.side];
  const [dx, dy] = [u - digit.x, v - digit.y];
  const ink = inkAt(glyph, 0.5 + cos * dx + sin * dy, 0.5 - sin * dx + cos * dy);
  if (ink > 0) {
    const coverage = Math.min(1, Math.max(0, 0.5 + 2 * (ink - level)));
    color = mix(color, scene.ink, coverage * (1 - gaps * random.uniform(0, 1)));
  }
  return inside >= 1 ? color : mix(scene.desk, color, inside);
}

export function mix(from: Color, to: Color, share: number): Color {
  if (share <= 0) return from;
  return [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
}

/** Normally distributed noise; grains larger than a pixel are interpolated, which keeps their standard deviation roughly. */
function noiseField({ width, height, grain, grainSize }: Scene, random: Random): Float32Array {
  const values = new Float32Array(width * height);
  if (grain === 0) return values;
  const columns = Math.ceil(width / grainSize) + 1;
  const coarse = Float32Array.from({ length: columns * (Math.ceil(height / grainSize) + 1) }, () =>
    normal(random, grain),
  );
  if (grainSize === 1)
    return values.map((_, pixel) => coarse[Math.floor(pixel / width) * columns + (pixel % width)]);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const [x, y] = [(pixel % width) / grainSize, Math.floor(pixel / width) / grainSize];
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [s, t] = [x - column, y - row];
    const index = row * columns + column;
    const upper = coarse[index] * (1 - s) + coarse[index + 1] * s;
    const lower = coarse[index + columns] * (1 - s) + coarse[index + columns + 1] * s;
    values[pixel] = 1.5 * (upper * (1 - t) + lower * t);
  }
  return values;
}
