import { expect, test } from 'vitest';
import { idx } from '../tinySet.js';
import { loadFromFolder, smallEntry } from './entries.js';
import { loadedSet } from '../loaded.js';

test('EMNIST’s images are transposed and its labels start at 0', async () => {
  const files = (labels: readonly number[]) => ({
    'emnist-letters-train-images-idx3-ubyte': idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    'emnist-letters-train-labels-idx1-ubyte': idx([2], [1, 26]),
    'emnist-letters-test-images-idx3-ubyte': idx([1, 2, 3], [1, 2, 3, 4, 5, 6]),
    'emnist-letters-test-labels-idx1-ubyte': idx([1], [...labels]),
  });
  const { shape, classes, train, source } = await loadFromFolder(smallEntry('emnist-letters'), files([2]));
  expect(shape).toEqual([3, 2, 1]);
  expect([...loadedSet(train).images]).toEqual([1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12]);
  expect(Array.from(train.labels, (label) => classes[label])).toEqual(['A', 'Z']);
  expect(source.verified).toBe(false);
  await expect(loadFromFolder(smallEntry('emnist-letters'), files([0]))).rejects.toThrow(
    'label 255 of image 0, expected 0 to 25',
  );
});

test('QMNIST’s labels are the first of eight integers', async () => {
  const labels = (classes: readonly number[]) => {
    const numbers = classes.flatMap((label) => [label, 0, 4000, 7, 6, 5, 4, 3]);
    const bytes = Buffer.alloc(12 + 4 * numbers.length);
    bytes.set([0, 0, 0x0c, 2]);
    bytes.writeUInt32BE(classes.length, 4);
    bytes.writeUInt32BE(8, 8);
    numbers.forEach((number, i) => bytes.writeInt32BE(number, 12 + 4 * i));
    return bytes;
  };
  const { train, test: testSet } = await loadFromFolder(smallEntry('qmnist'), {
    'qmnist-train-images-idx3-ubyte': idx([2, 1, 1], [5, 6]),
    'qmnist-train-labels-idx2-int': labels([9, 3]),
    'qmnist-test-images-idx3-ubyte': idx([1, 1, 1], [7]),
    'qmnist-test-labels-idx2-int': labels([4]),
  });
  expect([[...train.labels], [...testSet.labels]]).toEqual([[9, 3], [4]]);
});
