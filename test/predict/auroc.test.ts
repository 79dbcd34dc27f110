import { expect, test } from 'vitest';
import { auroc } from '../../bench/doubt/auroc.js';
import { fitMahalanobis } from '../../bench/doubt/mahalanobis.js';

test('the area is the share of pairs in the right order, where ties count half', () => {
  expect(auroc([3, 4], [1, 2])).toBe(1);
  expect(auroc([1, 2], [3, 4])).toBe(0);
  expect(auroc([1, 1], [1])).toBe(0.5);
  // 4 of 6 pairs, and one tie.
  expect(auroc([1, 3, 5], [1, 2])).toBe(4.5 / 6);
});

test('the Mahalanobis distance is measured in units of the shared covariance', () => {
  // Two classes around (±10, 0), with variances 1 and 4.
  const values = Float32Array.of(9, -2, 9, 2, 11, -2, 11, 2, -9, -2, -9, 2, -11, -2, -11, 2);
  const distance = fitMahalanobis({ size: 2, values }, [0, 0, 0, 0, 1, 1, 1, 1], 2);
  // The shrinkage adds a tenth of the mean variance, 0.25.
  expect(distance(Float32Array.of(10, 3))).toBeCloseTo(9 / 4.25, 5);
  expect(distance(Float32Array.of(-7, 0))).toBeCloseTo(9 / 1.25, 5);
});
