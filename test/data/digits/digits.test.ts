import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import type { ImageSet } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/digits.js';
import { loadDataset } from '#inkling/data/load.js';
import { nearestNeighbourAccuracy } from './nearest.js';

const PIXELS = 28 * 28;
const digits = generateDigits({ seed: 0, train: 3000, test: 300 });

function imagesOf({ images, labels }: ImageSet): Uint8Array[] {
  return Array.from(labels, (_, i) => images.subarray(i * PIXELS, (i + 1) * PIXELS));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('says what it is', () => {
  expect(digits.name).toBe('digits');
  expect(digits.shape).toEqual([28, 28, 1]);
  expect(digits.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(digits.source).toEqual({
    kind: 'generated',
    location: 'generated handwriting, seed 0',
    verified: false,
    sha256: {},
  });
  expect(digits.train.images.length).toBe(3000 * PIXELS);
  expect(digits.test.images.length).toBe(300 * PIXELS);
});

test('draws the same images for the same seed, today and tomorrow', () => {
  expect(sha256(digits.train.images.subarray(0, 100 * PIXELS))).toBe(
    '727cd7c44b9858ad80cf4d0cf3568744a8b77ac9e8143ef351d6c5a6e9fd48d2',
  );
  expect(sha256(digits.test.images.subarray(0, 100 * PIXELS))).toBe(
    '79c2b050c72e1f5e98a78ba8f426e3c49ba6c04c6faf0e29c3252e5747549290',
  );
  expect([...digits.train.labels.subarray(0, 10)]).toEqual([1, 3, 7, 6, 4, 8, 2, 9, 0, 5]);
});

test('draws the same first images however many follow', () => {
  const few = generateDigits({ seed: 0, train: 10, test: 13 });
  expect(few.train.images).toEqual(digits.train.images.subarray(0, 10 * PIXELS));
  expect(few.train.labels).toEqual(digits.train.labels.subarray(0, 10));
  expect(few.test.images).toEqual(digits.test.images.subarray(0, 13 * PIXELS));
  expect(few.test.labels).toEqual(digits.test.labels.subarray(0, 13));
});

test('repeats no image, neither in training and test nor with another seed', () => {
  const other = generateDigits({ seed: 1, train: 300, test: 300 });
  const all = [digits.train, digits.test, other.train, other.test].flatMap(imagesOf);
  expect(new Set(all.map(sha256)).size).toBe(3900);
});

test('holds each digit as often, in ever new order', () => {
  for (const { labels } of [digits.train, digits.test]) {
    const tens = Array.from({ length: 30 }, (_, i) => [...labels.subarray(i * 10, (i + 1) * 10)]);
    for (const ten of tens) expect(ten.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(tens.map(String)).size).toBe(30);
  }
});

test('fills a box of 20 pixels and puts its centre of mass in the middle, as MNIST does', () => {
  for (const image of imagesOf(digits.train)) {
    const { rows, columns, centre } = measure(image);
    expect(Math.max(rows, columns)).toBe(20);
    expect(Math.abs(centre.row - 14)).toBeLessThan(1);
    expect(Math.abs(centre.column - 14)).toBeLessThan(1);
  }
});

test('draws as much ink as MNIST has, most strokes in full black', () => {
  const full = imagesOf(digits.train).filter((image) => Math.max(...image) >= 249);
  expect(full.length / 3000).toBeGreaterThan(0.97);
  // The mean over MNIST's 60,000 training images is 33.3 of 255.
  const mean = digits.train.images.reduce((sum, grey) => sum + grey, 0) / digits.train.images.length;
  expect(mean).toBeGreaterThan(32);
  expect(mean).toBeLessThan(35);
});

test('writes each digit so that it can be told from the others', () => {
  expect(nearestNeighbourAccuracy(digits.train, digits.test)).toBeGreaterThan(0.8);
});

const { INKLING_DATA_DIR } = process.env;
const reasonToSkip = INKLING_DATA_DIR ? '' : ' (skipped: INKLING_DATA_DIR names no folder with MNIST)';

test.skipIf(reasonToSkip !== '')(`resembles real handwriting${reasonToSkip}`, async () => {
  const mnist = await loadDataset({ name: 'mnist', dataDir: INKLING_DATA_DIR, environment: {} });
  const real = {
    images: mnist.test.images.subarray(0, 500 * PIXELS),
    labels: mnist.test.labels.subarray(0, 500),
  };
  expect(nearestNeighbourAccuracy(digits.train, real)).toBeGreaterThan(0.85);
});

test.each([
  [
    { seed: 0.5, train: 10, test: 10 },
    'digits: the seed must be a whole number, got 0.5; use 0, for example',
  ],
  [
    { seed: NaN, train: 10, test: 10 },
    'digits: the seed must be a whole number, got NaN; use 0, for example',
  ],
  [
    { seed: 0, train: 0, test: 10 },
    'digits: the number of training images must be a whole number from 1 to 1000000, got 0; use 60000, for example',
  ],
  [
    { seed: 0, train: 10, test: 1.5 },
    'digits: the number of test images must be a whole number from 1 to 1000000, got 1.5; use 10000, for example',
  ],
  [
    { seed: 0, train: 1_000_001, test: 10 },
    'digits: the number of training images must be a whole number from 1 to 1000000, got 1000001; use 60000, for example',
  ],
])('refuses %o', (options, message) => {
  expect(() => generateDigits(options)).toThrow(new UsageError(message));
});

/** Extent of the ink in pixels, and its centre of mass in pixels from the upper left pixel. */
function measure(image: Uint8Array): {
  rows: number;
  columns: number;
  centre: { row: number; column: number };
} {
  const rows = new Set<number>();
  const columns = new Set<number>();
  let mass = 0;
  const centre = { row: 0, column: 0 };
  image.forEach((grey, i) => {
    if (grey === 0) return;
    const row = Math.floor(i / 28);
    const column = i % 28;
    rows.add(row);
    columns.add(column);
    mass += grey;
    centre.row += grey * row;
    centre.column += grey * column;
  });
  centre.row /= mass;
  centre.column /= mass;
  return { rows: extent(rows), columns: extent(columns), centre };
}

function extent(places: Set<number>): number {
  return Math.max(...places) - Math.min(...places) + 1;
}
