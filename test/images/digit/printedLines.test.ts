import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { normalizeDigit } from '#inkling/images/digit/normalizeDigit.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import { type Color, mix, photograph, type Scene } from './photos.js';
import { photoKinds, plainScene } from './photoKinds.js';
import { drawGlyph } from './glyphs.js';

const glyph = drawGlyph(5, 3);
const plain: Scene = { ...plainScene(new Random(3)), grain: 0 };
const expected = normalizeDigit(photograph(plain, glyph, 1)).pixels;

/** The largest share of ink that differs between a photo of the same digit and the plain one. */
function differenceOf(change: Partial<Scene>): number {
  const { pixels } = normalizeDigit(photograph({ ...plain, ...change }, glyph, 1));
  const total = expected.reduce((sum, value) => sum + value, 0);
  return pixels.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0) / total;
}

const line = (distance: number, width: number) =>
  Math.min(1, Math.max(0, (width + 1) / 2 - Math.abs(distance)));
const gray: Color = [150, 150, 150];
const dark: Color = mix(plain.ink, plain.paper, 0.1);

test.each([
  ['lines of ruled paper', { color: gray, coverage: (_: number, y: number) => line((y % 40) - 20, 2) }],
  [
    'dark, tilted lines',
    { color: gray, coverage: (x: number, y: number) => line(((y + 0.05 * x) % 50) - 25, 3) },
  ],
  [
    'squares of graph paper',
    {
      color: gray,
      coverage: (x: number, y: number) => Math.max(line((x % 30) - 15, 2), line((y % 30) - 15, 2)),
    },
  ],
  [
    'a box as dark as the ink',
    {
      color: dark,
      coverage: (x: number, y: number) =>
        line(Math.max(Math.abs(x - plain.digit.x), Math.abs(y - plain.digit.y)) - 0.45 * plain.digit.side, 4),
    },
  ],
])('removes %s', (_, print) => {
  expect(differenceOf({ prints: [print] })).toBeLessThan(0.15);
});

test.each(['sharp shadow', 'dark scan edge', 'ink that differs only in color'])(
  'finds the same ink: %s',
  (kind) => {
    const change = photoKinds[kind](plain, new Random(5));
    expect(differenceOf({ ...change, digit: plain.digit, sheet: change.sheet ?? plain.sheet })).toBeLessThan(
      0.15,
    );
  },
);

test('keeps a digit that is a straight line from edge to edge', () => {
  const data = new Uint8Array(4 * 200 * 200).fill(255);
  for (let y = 0; y < 200; y++)
    for (let x = 98; x < 102; x++) data.fill(20, 4 * (200 * y + x), 4 * (200 * y + x) + 3);
  const image: DecodedImage = { width: 200, height: 200, data };
  expect(normalizeDigit(image).pixels.filter((value) => value > 0.5).length).toBeGreaterThanOrEqual(38);
});
