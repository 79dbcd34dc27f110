import { expect, test } from 'vitest';
import { estimateMedian } from '../../bench/statistics.js';

/** 1 to `length`, in another order. */
const sample = (length: number) => Array.from({ length }, (_, i) => ((i * 5) % length) + 1);

// Tables of the sign test: the k-th smallest and the k-th largest of n values.
test.each([
  [6, 1],
  [8, 1],
  [9, 2],
  [14, 3],
  [21, 6],
])('the interval for the median of %i values excludes all beyond the %i-th of each side', (length, k) => {
  const { low, high } = estimateMedian(sample(length));
  expect([low, high]).toEqual([k, length + 1 - k]);
});

test('the interval of few values contains all of them', () => {
  expect(estimateMedian([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(estimateMedian([4])).toEqual({ median: 4, low: 4, high: 4 });
});
