import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { load } from '../imageFolder/samples.js';
import { idx, temporaryFolder, tinyFiles, writeFiles } from '../tinySet.js';

/** The tiny set with other file names. */
const renamed = (rename: (name: string) => string) =>
  Object.fromEntries(Object.entries(tinyFiles).map(([name, bytes]) => [rename(name), bytes]));

test.each<[string, Readonly<Record<string, Uint8Array>>, string]>([
  ['with a dot', renamed((name) => name.replace('-idx', '.idx')), ''],
  ['in folders with their names', {}, ''],
  ['in torchvision’s folder raw', tinyFiles, 'MNIST/raw'],
  ['with "test" instead of "t10k"', renamed((name) => name.replace('t10k', 'test')), 'files'],
])('finds IDX files %s', async (_what, files, subfolder) => {
  const folder = temporaryFolder();
  writeFiles(join(folder, subfolder), files);
  if (Object.keys(files).length === 0) {
    for (const [name, bytes] of Object.entries(tinyFiles)) writeFiles(join(folder, name), { [name]: bytes });
  }
  const { train, test: tested, classes } = await load(folder);
  expect([train.labels.length, tested.labels.length]).toEqual([4, 2]);
  expect(classes).toEqual(['0', '1', '2']);
});

test('loads test images alone, and scores all training images for an evaluation', async () => {
  const folder = temporaryFolder();
  const { 't10k-images-idx3-ubyte': images, 't10k-labels-idx1-ubyte': labels } = tinyFiles;
  writeFiles(folder, { 't10k-images-idx3-ubyte': images, 't10k-labels-idx1-ubyte': labels });
  const alone = await load(folder);
  expect([alone.train.labels.length, alone.test.labels.length]).toEqual([0, 2]);
  const other = temporaryFolder();
  writeFiles(other, { 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels });
  const scored = await load(other, { use: 'evaluation' });
  expect([scored.train.labels.length, scored.test.labels.length]).toEqual([0, 2]);
});

test('names classes by the labels that occur', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { ...tinyFiles, 'train-labels-idx1-ubyte': idx([4], [0, 5, 2, 5]) });
  const { classes, train } = await load(folder);
  expect(classes).toEqual(['0', '2', '5']);
  expect([...train.labels]).toEqual([0, 2, 1, 2]);
});

test('rejects the files of several data sets, and images without labels', async () => {
  const folder = temporaryFolder();
  writeFiles(join(folder, 'MNIST/raw'), tinyFiles);
  writeFiles(join(folder, 'FashionMNIST/raw'), tinyFiles);
  await expect(load(folder)).rejects.toThrow(
    `${folder}: contains the IDX files of several data sets: ${join(folder, 'FashionMNIST/raw')}, ${join(folder, 'MNIST/raw')}; pass the folder of one, or use its name with the option dataDir`,
  );
  const incomplete = join(folder, 'incomplete');
  mkdirSync(incomplete);
  writeFiles(incomplete, { 't10k-images-idx3-ubyte': tinyFiles['t10k-images-idx3-ubyte'] });
  await expect(load(incomplete)).rejects.toThrow(
    `${incomplete}: expected IDX files of images and their labels, got t10k-images-idx3-ubyte; add the file of the test labels`,
  );
});
