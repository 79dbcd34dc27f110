import { expect, test } from 'vitest';
import { classBalance, formatRatio } from '#inkling/data/classBalance.js';

test('states the largest and the smallest class, and the ratio of their sizes', () => {
  const balance = classBalance([20, 7, 60, 7, 60]);
  expect(balance).toEqual({
    largest: { label: 2, images: 60 },
    smallest: { label: 1, images: 7 },
    ratio: 60 / 7,
    isImbalanced: true,
  });
  expect(formatRatio(balance)).toBe('8.6');
});

test.each([
  ['equal classes', [5, 5, 5], false],
  ['a largest class of three times the smallest', [30, 10], false],
  ['a larger one', [31, 10], true],
  ['an empty class', [1, 0], true],
  // The training images of MNIST.
  ['MNIST', [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], false],
])('judges %s', (_what, counts, isImbalanced) => {
  expect(classBalance(counts).isImbalanced).toBe(isImbalanced);
});
