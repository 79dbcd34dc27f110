import { expect, test } from 'vitest';
import { decodeIdx } from '#inkling/index.js';
import { idx } from '../data/tinySet.js';

const images = idx([2, 2, 3], [...Array.from({ length: 12 }).keys()]);

test('decodes images with their labels', () => {
  const decoded = decodeIdx(images, idx([2], [7, 3]));
  expect(decoded.shape).toEqual([2, 3, 1]);
  expect([...decoded.images]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect([...decoded.labels]).toEqual([7, 3]);
});

test('rejects labels of other images, and files that are swapped', () => {
  expect(() => decodeIdx(images, idx([3], [1, 2, 3]))).toThrow(
    'labels: 3 labels, expected 2, one for each image in images',
  );
  expect(() => decodeIdx(idx([2], [7, 3]), images)).toThrow(
    'images: has 1 axes, expected images, which have 3; check whether files are swapped',
  );
});
