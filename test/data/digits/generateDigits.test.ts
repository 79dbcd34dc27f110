import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import type { LoadedImageSet } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { loadDataset } from '#inkling/data/load.js';
import { loaded } from '../loaded.js';
import { nearestNeighborAccuracy } from './nearest.js';

const PIXELS = 28 * 28;
const digits = generateDigits({ seed: 0, train: 3000, test: 300 });

function imagesOf({ images, labels }: LoadedImageSet): Uint8Array[] {
  return Array.from(labels, (_, i) => images.subarray(i * PIXELS, (i + 1) * PIXELS));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('has the metadata and sizes of a data set', () => {
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

test('always draws the same images for the same seed', () => {
  expect(sha256(digits.train.images.subarray(0, 100 * PIXELS))).toBe(
    '727cd7c44b9858ad80cf4d0cf3568744a8b77ac9e8143ef351d6c5a6e9fd48d2',
  );
  expect(sha256(digits.test.images.subarray(0, 100 * PIXELS))).toBe(
    '79c2b050c72e1f5e98a78ba8f426e3c49ba6c04c6faf0e29c3252e5747549290',
  );
  expect([...digits.train.labels.subarray(0, 10)]).toEqual([1, 3, 7, 6, 4, 8, 2, 9, 0, 5]);
});

test('draws the same first images regardless of how many follow', () => {
  const few = generateDigits({ seed: 0, train: 10, test: 13 });
  expect(few.train.images).toEqual(digits.train.images.subarray(0, 10 * PIXELS));
  expect(few.train.labels).toEqual(digits.train.labels.subarray(0, 10));
  expect(few.test.images).toEqual(digits.test.images.subarray(0, 13 * PIXELS));
  expect(few.test.labels).toEqual(digits.test.labels.subarray(0, 13));
});

test('repeats no image within or across sets and seeds', () => {
  const other = generateDigits({ seed: 1, train: 300, test: 300 });
  const all = [digits.train, digits.test, other.train, other.test].flatMap(imagesOf);
  expect(new Set(all.map(sha256)).size).toBe(3900);
});

test('contains each digit equally often, in random order', () => {
  for (const { labels } of [digits.train, digits.test]) {
    const tens = Array.from({ length: 30 }, (_, i) => [...labels.subarray(i * 10, (i + 1) * 10)]);
    for (const ten of tens) expect(ten.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(tens.map(String)).size).toBe(30);
  }
});

test('fits a box of 20 pixels and centers its mass, like MNIST', () => {
  for (const image of imagesOf(digits.train)) {
    const { rows, columns, center } = measure(image);
    expect(Math.max(rows, columns)).toBe(20);
    expect(Math.abs(center.row - 14)).toBeLessThan(1);
    expect(Math.abs(center.column - 14)).toBeLessThan(1);
  }
});

test('draws as much ink as MNIST, with most strokes in full black', () => {
  const full = imagesOf(digits.train).filter((image) => Math.max(...image) >= 249);
  expect(full.length / 3000).toBeGreaterThan(0.97);
  // The mean over MNIST's 60,000 training images is 33.3 of 255.
  const mean = digits.train.images.reduce((sum, pixel) => sum + pixel, 0) / digits.train.images.length;
  expect(mean).toBeGreaterThan(32);
  expect(mean).toBeLessThan(35);
});

test('draws digits that can be distinguished', () => {
  expect(nearestNeighborAccuracy(digits.train, digits.test)).toBeGreaterThan(0.8);
});

const { INKLING_DATA_DIR } = process.env;
const reasonToSkip = INKLING_DATA_DIR ? '' : ' (skipped: INKLING_DATA_DIR is not set)';

test.skipIf(reasonToSkip !== '')(`resembles real handwriting${reasonToSkip}`, async () => {
  const mnist = loaded(await loadDataset({ name: 'mnist', dataDir: INKLING_DATA_DIR, environment: {} }));
  const real = {
    images: mnist.test.images.subarray(0, 500 * PIXELS),
    labels: mnist.test.labels.subarray(0, 500),
  };
  expect(nearestNeighborAccuracy(digits.train, real)).toBeGreaterThan(0.85);
});

test.each([
  [
    { seed: 0.5, train: 10, test: 10 },
    'digits: expected a whole number as seed, got 0.5; use 0, for example',
  ],
  [
    { seed: NaN, train: 10, test: 10 },
    'digits: expected a whole number as seed, got NaN; use 0, for example',
  ],
  [
    { seed: 0, train: 0, test: 10 },
    'digits: expected a whole number from 1 to 1,000,000 training images, got 0; use 60000, for example',
  ],
  [
    { seed: 0, train: 10, test: 1.5 },
    'digits: expected a whole number from 1 to 1,000,000 test images, got 1.5; use 10000, for example',
  ],
  [
    { seed: 0, train: 1_000_001, test: 10 },
    'digits: expected a whole number from 1 to 1,000,000 training images, got 1000001; use 60000, for example',
  ],
])('rejects %o', (options, message) => {
  expect(() => generateDigits(options)).toThrow(new UsageError(message));
});

/** The extent of the ink, and its center of mass relative to the upper left pixel, in pixels. */
function measure(image: Uint8Array): {
  rows: number;
  columns: number;
  center: { row: number; column: number };
} {
  const rows = new Set<number>();
  const columns = new Set<number>();
  let mass = 0;
  const center = { row: 0, column: 0 };
  image.forEach((value, i) => {
    if (value === 0) return;
    const row = Math.floor(i / 28);
    const column = i % 28;
    rows.add(row);
    columns.add(column);
    mass += value;
    center.row += value * row;
    center.column += value * column;
  });
  center.row /= mass;
  center.column /= mass;
  return { rows: extent(rows), columns: extent(columns), center };
}

function extent(places: Set<number>): number {
  return Math.max(...places) - Math.min(...places) + 1;
}
