import { expect, test } from 'vitest';
import { rankCorrelation } from '#inkling/explain/rankCorrelation.js';

test.each([
  // SciPy 1.17.1: spearmanr
  [[1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233],
  [[0.1, 0, 0, 2, -1, 0.1], [3, 1, 1, 1, 2, 2], 0.015891043154093204],
  [[1, 2, 3], [9, 4, 1], -1],
])('of %j and %j as SciPy', (first, second, expected) => {
  expect(rankCorrelation(first, second)).toBeCloseTo(expected, 12);
});

test('there is none with a constant', () => {
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeUndefined();
});
