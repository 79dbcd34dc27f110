import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { normalizeDigit, normalizeDigits, normalizeDrawing } from '#inkling/images/digit/normalizeDigit.js';
import { centerCropResize } from '#inkling/images/resize/centerCropResize.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';

/** A grayscale image with brightness from 0 to 255. */
function paint(width: number, height: number, brightness: (x: number, y: number) => number): DecodedImage {
  const data = new Uint8Array(4 * width * height);
  for (let at = 0; at < width * height; at++) {
    const value = brightness(at % width, Math.floor(at / width));
    data.set([value, value, value, 255], 4 * at);
  }
  return { width, height, data };
}

/** White paper with black rectangles, `[left, top, width, height]`. */
function rectangles(
  width: number,
  height: number,
  ...boxes: [number, number, number, number][]
): DecodedImage {
  return paint(width, height, (x, y) =>
    boxes.some(([left, top, w, h]) => x >= left && x < left + w && y >= top && y < top + h) ? 0 : 255,
  );
}

/** The bounds of pixels with more than half ink: `[left, top, right, bottom]`. */
function bounds(image: Float32Array, size: number): number[] {
  const places = [...image.keys()].filter((at) => image[at] > 0.5);
  const xs = places.map((at) => at % size);
  const ys = places.map((at) => Math.floor(at / size));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
}

test('hardly changes images that are already normalized like MNIST’s', () => {
  const { test: set } = generateDigits({ seed: 1, train: 1, test: 50 });
  const differences = Array.from({ length: 50 }, (_, i) => {
    const image = set.images.subarray(784 * i, 784 * (i + 1));
    const { pixels: found } = normalizeDigit(paint(28, 28, (x, y) => image[28 * y + x]));
    return found.reduce((sum, value, at) => sum + Math.abs(value - image[at] / 255), 0) / 784;
  });
  // Four out of five; the others have stroke widths that are rare in MNIST.
  expect(differences.sort((a, b) => a - b)[40]).toBeLessThan(0.02);
});

test('scales a digit to fit the box with its aspect ratio, and centers its mass', () => {
  // An L with uniform strokes: 100 × 50 pixels, with its mass to the lower left.
  const { pixels: image } = normalizeDigit(rectangles(300, 200, [150, 30, 15, 100], [150, 115, 50, 15]));
  const [left, top, right, bottom] = bounds(image, 28);
  expect([right - left, bottom - top]).toEqual([10, 20]);
  const center = (axis: (index: number) => number) =>
    image.reduce((sum, value, index) => sum + value * axis(index), 0) /
    image.reduce((sum, value) => sum + value, 0);
  expect(Math.abs(center((index) => index % 28) - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(center((index) => Math.floor(index / 28)) - 14)).toBeLessThanOrEqual(0.5);
});

test('gives the same result for dark on light, light on dark, low contrast and shading', () => {
  const stroke = (x: number, y: number) => Math.abs(x - 60 - y / 4) < 5 && y > 20 && y < 130;
  const looks = [
    paint(150, 150, (x, y) => (stroke(x, y) ? 0 : 255)),
    paint(150, 150, (x, y) => (stroke(x, y) ? 255 : 0)),
    paint(150, 150, (x, y) => (stroke(x, y) ? 130 : 180)),
    paint(150, 150, (x, y) => (stroke(x, y) ? 0.3 : 1) * (240 - x / 2 - y / 3)),
  ].map((image) => normalizeDigit(image).pixels);
  for (const look of looks.slice(1)) {
    const differences = look.map((value, at) => Math.abs(value - looks[0][at]));
    expect(Math.max(...differences)).toBeLessThan(0.2);
  }
});

test('accepts drawings on a transparent background', () => {
  const clear = (ink: number): DecodedImage => {
    const data = new Uint8Array(4 * 100 * 100);
    for (let y = 20; y < 80; y++)
      for (let x = 45; x < 55; x++)
        data
          .fill(ink, 4 * (100 * y + x))
          .fill(255, 4 * (100 * y + x) + 3, 4 * (100 * y + x) + 4)
          .fill(0, 4 * (100 * y + x) + 4);
    return { width: 100, height: 100, data };
  };
  const onPaper = normalizeDigit(rectangles(100, 100, [45, 20, 10, 60]));
  expect(normalizeDigit(clear(0))).toEqual(onPaper);
  expect(normalizeDigit(clear(255))).toEqual(onPaper);
});

test('widens thin strokes and removes dirt', () => {
  const { pixels: thin } = normalizeDigit(
    rectangles(400, 400, [200, 50, 1, 300], [60, 60, 2, 2], [380, 380, 2, 1]),
  );
  const [left, , right] = bounds(thin, 28);
  expect(right - left).toBe(2);
  expect(thin.filter((value) => value > 0.5).length).toBeGreaterThanOrEqual(38);
});

test.each([
  ['white paper', paint(60, 60, () => 255), /^no ink found; /],
  ['a light that falls off', paint(60, 60, (x, y) => 250 - x - 2 * y), /^no ink found; /],
  ['one pixel', paint(1, 1, () => 9), /^no ink found; /],
  ['a ruler’s width', paint(50_000, 2, () => 200), /^no ink found; /],
])('finds no ink on %s', (_, image, message) => {
  expect(() => normalizeDigit(image)).toThrow(InklingError);
  expect(() => normalizeDigit(image)).toThrow(message);
});

test('finds no ink in noise', () => {
  const random = new Random(4);
  const noise = paint(200, 200, () => 100 + Math.round(60 * random.uniform(0, 1)));
  expect(() => normalizeDigit(noise)).toThrow(
    'no ink found; expected a dark drawing on light paper, or a light one on dark',
  );
});

test('reports several digits in an image of one digit, but not one digit in several strokes', () => {
  const two = rectangles(200, 120, [40, 20, 12, 80], [120, 30, 12, 60]);
  const five = rectangles(200, 120, [60, 20, 50, 10], [60, 40, 10, 60], [140, 95, 5, 5]);
  expect(normalizeDigit(two).concerns).toEqual(['several-digits']);
  expect(normalizeDigit(five).concerns).toEqual([]);
  const ink = ({ width, height, data }: DecodedImage) => ({
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, at) => 1 - data[4 * at] / 255),
  });
  expect(normalizeDrawing(ink(two)).concerns).toEqual(['several-digits']);
  expect(normalizeDrawing(ink(five)).concerns).toEqual([]);
});

test('segments a number into digits, from left to right', () => {
  // A bar, a cross beam above a bar (two components of one digit), a bar.
  const line = rectangles(
    400,
    120,
    [300, 20, 12, 80],
    [40, 20, 12, 80],
    [150, 20, 60, 12],
    [160, 45, 40, 55],
  );
  const { pixels, concerns } = normalizeDigits(line);
  const digits = Array.from({ length: pixels.length / 784 }, (_, i) =>
    pixels.subarray(784 * i, 784 * (i + 1)),
  );
  expect(concerns).toEqual([]);
  expect(digits).toHaveLength(3);
  expect(digits[0]).toEqual(digits[2]);
  const [left, , right] = bounds(digits[1], 28);
  expect(right - left).toBeGreaterThan(10);
});

test('rejects a mark in a number that is too small to be a digit', () => {
  const line = rectangles(300, 120, [40, 20, 12, 80], [100, 88, 12, 12], [200, 20, 12, 80]);
  expect(() => normalizeDigits(line)).toThrow(
    new InklingError('mark 2 of 3 is too small to be a digit; expected only digits of similar size'),
  );
});

test('crops the center of a color image to the aspect ratio of the model', () => {
  const data = new Uint8Array(4 * 40 * 20);
  for (let at = 0; at < 800; at++) data.set(at % 40 < 20 ? [255, 0, 0, 255] : [0, 0, 0, 0], 4 * at);
  const image = centerCropResize({ width: 40, height: 20, data }, [4, 4, 3]);
  const pixel = (x: number) => [...image.subarray(3 * x, 3 * x + 3)];
  expect(pixel(0)).toEqual([255, 0, 0]);
  // Transparent pixels become white.
  expect(pixel(3)).toEqual([255, 255, 255]);
});
