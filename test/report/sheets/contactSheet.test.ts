import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { examplesOfEachClass } from '#inkling/data/examples.js';
import { writeContactSheet } from '#inkling/report/sheets/contactSheet.js';
import { temporaryFolder } from '../../data/tinySet.js';

/** Grayscale images of one value, which is also their index, in two classes that alternate; the third is empty. */
const dataset = (train: number, test = 0): Dataset => {
  const set = (count: number) => ({
    images: Uint8Array.from({ length: 4 * count }, (_, i) => Math.floor(i / 4)),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
  });
  return {
    name: 'values',
    source: { kind: 'generated', location: 'here', verified: false, sha256: {} },
    shape: [2, 2, 1],
    classes: ['even', 'odd', 'neither'],
    train: set(train),
    test: set(test),
  };
};

const valuesOf = (data: Dataset, count: number) =>
  examplesOfEachClass(data, count).map(({ name, images }) => [name, ...images.map(([value]) => value)]);

test('examples are spread over all images of a class', () => {
  expect(valuesOf(dataset(20), 3)).toEqual([
    ['even', 0, 6, 12],
    ['odd', 1, 7, 13],
  ]);
  expect(valuesOf(dataset(3, 9), 3)).toEqual([
    ['even', 0, 2],
    ['odd', 1],
  ]);
});

test('examples are test images if there are no others', () => {
  expect(valuesOf(dataset(0, 2), 3)).toEqual([
    ['even', 0],
    ['odd', 1],
  ]);
});

test('writes rows of images, in which grayscale photos are no negatives', async () => {
  const file = join(temporaryFolder(), 'sheet.png');
  expect(await writeContactSheet(dataset(200), file)).toEqual({ classes: 2, images: 10 });
  const { width, height, data, channels } = decode(readFileSync(file));
  // The second row has images of the values 1, 21, …, 181, which ink on white would show as 254, 234, …, 74.
  const columns = Array.from(
    { length: width },
    (_, x) => data[channels * (Math.floor(height * 0.7) * width + x)],
  );
  expect(columns.filter((value) => Math.abs(value - 181) <= 1).length).toBeGreaterThan(20);
});

test('a file that cannot be written is an error', async () => {
  const file = join(temporaryFolder(), 'missing', 'sheet.png');
  await expect(writeContactSheet(dataset(4), file)).rejects.toThrow('cannot write');
});
