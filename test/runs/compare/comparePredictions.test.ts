import { expect, test } from 'vitest';
import { comparePredictions } from '#inkling/runs/compare/comparePredictions.js';

test('counts the images that both, one, or neither of the runs classifies correctly', () => {
  const labels = Uint8Array.of(0, 1, 2, 0, 1, 2, 0);
  const first = Int32Array.of(0, 1, 2, 0, 1, 0, 1);
  const second = Int32Array.of(0, 0, 0, 1, 0, 2, 2);
  expect(comparePredictions(first, second, labels)).toEqual({
    bothCorrect: 1,
    onlyFirst: 4,
    onlySecond: 1,
    bothWrong: 1,
    // 2 × (1 + 5) / 2^5
    pValue: expect.closeTo(0.375, 12) as number,
  });
});
