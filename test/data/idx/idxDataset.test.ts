import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { IDX_FILE_NAMES, idxDataset } from '#inkling/data/idx/idxDataset.js';
import type { DatasetFile } from '#inkling/data/files/datasetFile.js';
import { idx, tinyFiles } from '../tinySet.js';
import { loadedSet } from '../loaded.js';

const source = { kind: 'files', location: '/somewhere', verified: true } as const;

/** The files of the tiny set, with replacements. */
function files(replaced: Readonly<Record<string, Uint8Array>> = {}): DatasetFile[] {
  const bytes = { ...tinyFiles, ...replaced };
  return IDX_FILE_NAMES.map((name, i) => ({
    name,
    origin: `d/${name}`,
    bytes: bytes[name],
    sha256: `hash ${i}`,
    unverified: undefined,
  }));
}

test('makes a data set without copying pixels', () => {
  const all = files();
  const dataset = idxDataset(all, { name: 'tiny', source, classes: ['a', 'b', 'c'] });
  expect(dataset.name).toBe('tiny');
  expect(dataset.shape).toEqual([2, 3, 1]);
  expect(dataset.classes).toEqual(['a', 'b', 'c']);
  expect([...loadedSet(dataset.train).images]).toEqual(Array.from({ length: 24 }, (_, i) => i * 10));
  expect([...dataset.train.labels]).toEqual([0, 1, 2, 1]);
  expect([...loadedSet(dataset.test).images]).toEqual(Array.from({ length: 12 }, (_, i) => 255 - i));
  expect([...dataset.test.labels]).toEqual([2, 0]);
  expect(loadedSet(dataset.train).images.buffer).toBe(all[0].bytes.buffer);
  expect(dataset.source).toEqual({
    ...source,
    sha256: {
      'train-images-idx3-ubyte': 'hash 0',
      'train-labels-idx1-ubyte': 'hash 1',
      't10k-images-idx3-ubyte': 'hash 2',
      't10k-labels-idx1-ubyte': 'hash 3',
    },
  });
});

describe('rejects', () => {
  test.each([
    [
      'fewer labels than images',
      { 'train-labels-idx1-ubyte': idx([3], [0, 1, 2]) },
      'd/train-labels-idx1-ubyte: 3 labels, expected 4, one for each image in d/train-images-idx3-ubyte',
    ],
    [
      'more labels than images',
      { 't10k-labels-idx1-ubyte': idx([3], [0, 1, 2]) },
      'd/t10k-labels-idx1-ubyte: 3 labels, expected 2, one for each image in d/t10k-images-idx3-ubyte',
    ],
    [
      'images of two sizes',
      { 't10k-images-idx3-ubyte': idx([2, 3, 2], Array<number>(12).fill(0)) },
      'd/t10k-images-idx3-ubyte: images of 3×2×1, expected 2×3×1 as in d/train-images-idx3-ubyte',
    ],
    [
      'a training label that is no class',
      { 'train-labels-idx1-ubyte': idx([4], [0, 2, 3, 9]) },
      'd/train-labels-idx1-ubyte: label 3 of image 2, expected 0 to 2',
    ],
    [
      'a test label that is no class',
      { 't10k-labels-idx1-ubyte': idx([2], [1, 255]) },
      'd/t10k-labels-idx1-ubyte: label 255 of image 1, expected 0 to 2',
    ],
    [
      'a malformed file',
      { 't10k-images-idx3-ubyte': tinyFiles['t10k-images-idx3-ubyte'].subarray(0, 20) },
      'd/t10k-images-idx3-ubyte: has 20 bytes, expected 28 for shape 2×2×3 in its header; get a complete copy',
    ],
  ])('%s', (_, replaced, message) => {
    const all = files(replaced);
    expect(() => idxDataset(all, { name: 'tiny', source, classes: ['a', 'b', 'c'] })).toThrow(
      new InklingError(message),
    );
  });
});
