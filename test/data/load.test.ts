import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test, vi } from 'vitest';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import { catalog } from '#inkling/data/catalog/catalog.js';
import type * as Digits from '#inkling/data/digits/generateDigits.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import type { Labels } from '#inkling/data/classes.js';
import { loadDataset } from '#inkling/data/load.js';
import { idx, sha256, temporaryFolder, tinyFiles, writeFiles } from './tinySet.js';
import { loadedSet } from './loaded.js';

vi.mock('#inkling/data/digits/generateDigits.js', async (original) => ({
  ...(await original<typeof Digits>()),
  generateDigits: vi.fn(() => 'the built-in digits'),
}));

const environment = {};

test('generates the built-in digits: 60,000 and 10,000 images with seed 0', async () => {
  expect(await loadDataset({ name: 'digits', environment })).toBe('the built-in digits');
  expect(generateDigits).toHaveBeenCalledExactlyOnceWith({ seed: 0, train: 60_000, test: 10_000 });
});

test('loads four IDX files from a folder, unverified, and names the set after the folder', async () => {
  const folder = join(temporaryFolder(), 'fashion');
  writeFiles(folder, tinyFiles, true);
  const { name, shape, classes, source, train, test } = await loadDataset({ name: folder, environment });
  expect({ name, shape, classes }).toEqual({ name: 'fashion', shape: [2, 3, 1], classes: ['0', '1', '2'] });
  expect([train.labels.length, test.labels.length]).toEqual([4, 2]);
  expect(source).toEqual({
    kind: 'files',
    location: folder,
    verified: false,
    notes: ['read as IDX files of 2×3 grayscale images'],
    sha256: Object.fromEntries(Object.entries(tinyFiles).map(([file, bytes]) => [file, sha256(bytes)])),
  });
});

test('does not change the pixels of IDX files for a model that takes photos', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, tinyFiles);
  const { inputKind, train, test } = await loadDataset({ name: folder, environment });
  expect(inputKind).toBeUndefined();
  expect(await loadDataset({ name: folder, environment, input: 'photo' })).toMatchObject({
    inputKind: 'photo',
    train,
    test,
  });
});

test('accepts a relative path, and the name of a folder in the current one', async () => {
  const folder = join(temporaryFolder(), 'set');
  writeFiles(folder, tinyFiles);
  const dataset = await loadDataset({ name: relative('.', folder), environment });
  expect(dataset.source.location).toBe(folder);
  // An existing folder needs no separator: `docs` is one, but contains no data set.
  await expect(loadDataset({ name: 'docs', environment })).rejects.toThrow(
    '/docs: expected at least two classes, each a folder with its images, got no class folders',
  );
});

test('searches the folder that the environment of the process names, unless it is given another', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('INKLING_DATA_DIR', folder);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
  const unavailable = (environment?: Record<string, string>) =>
    loadDataset({ name: 'mnist', environment }).catch((error: unknown) => String(error));
  expect(await unavailable()).toContain(folder);
  expect(await unavailable({ INKLING_DATA_DIR: '/elsewhere' })).not.toContain(folder);
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test('rejects folders without a data set, and inconsistent files', async () => {
  const folder = temporaryFolder();
  await expect(loadDataset({ name: join(folder, 'x'), environment })).rejects.toThrow(
    new InklingError(`no data set in ${join(folder, 'x')}: no such file or folder; check the path`),
  );
  writeFiles(folder, { 'train-images-idx3-ubyte': tinyFiles['train-images-idx3-ubyte'] });
  await expect(loadDataset({ name: folder, environment })).rejects.toThrow(
    new InklingError(
      `${folder}: expected IDX files of images and their labels, got train-images-idx3-ubyte; add the file of the train labels`,
    ),
  );
  writeFileSync(join(folder, 'x.txt'), '');
  await expect(loadDataset({ name: join(folder, 'x.txt'), environment })).rejects.toThrow(
    new InklingError(
      `${join(folder, 'x.txt')}: not a data set, but an empty file (get a complete copy); expected a .tar or .tar.gz archive of images, a .csv table or NumPy arrays (.npz, .npy) of pixels, a .parquet table of images or pixels, or a folder of images or IDX files`,
    ),
  );
  writeFiles(folder, { ...tinyFiles, 't10k-labels-idx1-ubyte': idx([3], [0, 1, 2]) });
  await expect(loadDataset({ name: folder, environment })).rejects.toThrow(
    `${join(folder, 't10k-labels-idx1-ubyte')}: 3 labels, expected 2, one for each image in`,
  );
});

test.each([
  ['mnits', ' (did you mean "mnist"?)'],
  ['Digits', ' (did you mean "digits"?)'],
  ['imagenet', ''],
  ['', ''],
])('rejects the unknown data set "%s"', async (name, suggestion) => {
  await expect(loadDataset({ name, environment })).rejects.toThrow(
    new UsageError(
      `unknown data set "${name}"${suggestion}; expected ${catalog.map((known) => known.name).join(', ')}, digits or the path of a file or folder (containing /)`,
    ),
  );
});

test('searches --data-dir before INKLING_DATA_DIR for MNIST, and rejects other files with its names', async () => {
  const [dataDir, other] = [temporaryFolder(), temporaryFolder()];
  writeFiles(dataDir, tinyFiles);
  writeFiles(other, tinyFiles);
  const images = 'train-images-idx3-ubyte';
  await expect(
    loadDataset({ name: 'mnist', dataDir, environment: { INKLING_DATA_DIR: other } }),
  ).rejects.toThrow(
    `${join(dataDir, images)}: the SHA-256 of its unpacked bytes is ${sha256(tinyFiles[images])}, expected ba891046`,
  );
  await expect(loadDataset({ name: 'mnist', environment: { INKLING_DATA_DIR: other } })).rejects.toThrow(
    `${join(other, images)}: the SHA-256`,
  );
});

test('loads MNIST', async ({ skip }) => {
  const { INKLING_DATA_DIR } = process.env;
  if (INKLING_DATA_DIR === undefined) skip('INKLING_DATA_DIR is not set');
  const { name, shape, classes, source, train, test } = await loadDataset({
    name: 'mnist',
    environment: { INKLING_DATA_DIR },
  });
  expect({ name, shape, classes }).toEqual({
    name: 'mnist',
    shape: [28, 28, 1],
    classes: '0123456789'.split(''),
  });
  expect(source.verified).toBe(true);
  expect(Object.values(source.sha256).map((hash) => hash.slice(0, 8))).toEqual([
    'ba891046',
    '65a50cbb',
    '0fa7898d',
    'ff7bcfd4',
  ]);
  expect([loadedSet(train).images.length, loadedSet(test).images.length]).toEqual([
    60_000 * 784,
    10_000 * 784,
  ]);
  // The number of images per digit is well known.
  const count = (labels: Labels): number[] =>
    classes.map((_, i) => labels.filter((label) => label === i).length);
  expect(count(train.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  expect(count(test.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  // The mean of the training pixels, commonly used for normalization.
  const { images } = loadedSet(train);
  const mean = images.reduce((sum, pixel) => sum + pixel, 0) / images.length / 255;
  expect(mean).toBeCloseTo(0.1307, 4);
});
