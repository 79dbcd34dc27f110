import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { concernsOfInput } from '#inkling/predict/inputConcerns.js';

const SHAPE = [28, 28, 1];
const image = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: 784 }, (_, at) => value(at % 28, Math.floor(at / 28)));

test.each([
  ['blank', image(() => 0)],
  ['full', image(() => 1)],
  ['gray with rounding errors', image((x) => 0.5 + (x % 2) / 255)],
])('an image that is %s is empty', (_, pixels) => {
  expect(concernsOfInput(pixels, SHAPE)).toEqual(['empty']);
});

test('an image of a single color is empty', () => {
  const red = Float32Array.from({ length: 3 * 256 }, (_, i) => Number(i % 3 === 0));
  expect(concernsOfInput(red, [16, 16, 3])).toEqual(['empty']);
});

test.each(['uniform', 'binary', 'sparse', 'checkerboard'])('detects %s noise', (kind) => {
  const random = new Random(3);
  const kinds: Record<string, (x: number, y: number) => number> = {
    uniform: () => random.uniform(0, 1),
    binary: () => Number(random.uniform(0, 1) < 0.5),
    sparse: () => Number(random.uniform(0, 1) < 0.1),
    checkerboard: (x, y) => (x + y) % 2,
  };
  expect(concernsOfInput(image(kinds[kind]), SHAPE)).toEqual(['noise']);
});

test('correlates each color channel with itself only', () => {
  const random = new Random(5);
  const noise = Float32Array.from({ length: 3 * 256 }, () => random.uniform(0, 1));
  // Each channel of a pixel equals that of its left neighbor, and channels are unrelated.
  const smooth = Float32Array.from({ length: 3 * 256 }, (_, i) => noise[(i % 3) + 48 * Math.floor(i / 48)]);
  expect(concernsOfInput(noise, [16, 16, 3])).toEqual(['noise']);
  expect(concernsOfInput(smooth, [16, 16, 3])).toEqual([]);
});

test('thin drawings are neither empty nor noise', () => {
  const { test: set } = generateDigits({ seed: 1, train: 1, test: 200 });
  for (let i = 0; i < 200; i++) {
    const pixels = Float32Array.from(set.images.subarray(784 * i, 784 * (i + 1)), (value) => value / 255);
    expect(concernsOfInput(pixels, SHAPE)).toEqual([]);
  }
  expect(
    concernsOfInput(
      image((x) => Number(x === 14)),
      SHAPE,
    ),
  ).toEqual([]);
});
