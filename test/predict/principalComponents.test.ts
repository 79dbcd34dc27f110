import { expect, test } from 'vitest';
import { principalComponents } from '#inkling/predict/principalComponents.js';

/** Twelve vectors of five numbers, and what scikit-learn 1.9.1 computes of them: `PCA(2, svd_solver="full")`. */
const VECTORS = [
  2.324, 0.992, -3.154, -4.874, 2.305, -10.636, -7.251, 2.052, 10.956, -3.447, 2.789, 2.713, -0.128, -4.229,
  0.528, -5.63, -1.345, 1.115, -1.163, -2.369, -3.274, 0.979, -0.564, -6.817, -2.018, 1.18, 0.65, -1.036,
  -1.796, 0.771, -3.732, -1.592, 1.001, 1.698, -1.767, 8.6, 0.142, -2.955, 4.598, 5.855, -2.321, 0.696, 4.013,
  2.234, -4.157, -4.119, 0.212, 1.222, -3.532, -2.231, 8.936, 3.574, -3.356, -3.506, 3.321, 2.103, 0.129,
  2.193, 5.233, -0.231,
];
const X = [
  5.988739, -16.229125, 5.24762, -4.817209, 0.644518, 2.662269, -4.523032, 7.322754, -4.545454, -2.165392,
  11.444221, -1.029909,
];
const Y = [
  -2.183026, 5.087592, -2.352666, -3.587307, -7.545448, -0.550208, -0.151459, 9.610025, -0.27316, -5.153614,
  1.674448, 5.424824,
];
const EXPLAINED = [0.65812411, 0.28777638];

test('computes what scikit-learn computes', () => {
  const { x, y, explained } = principalComponents(Float32Array.from(VECTORS), 5);
  X.forEach((value, i) => {
    expect(x[i]).toBeCloseTo(value, 4);
  });
  Y.forEach((value, i) => {
    expect(y[i]).toBeCloseTo(value, 4);
  });
  EXPLAINED.forEach((value, i) => {
    expect(explained[i]).toBeCloseTo(value, 6);
  });
});

test('vectors that do not vary have no components', () => {
  const { x, y, explained } = principalComponents(new Float32Array(6).fill(2), 3);
  expect([...x, ...y, ...explained]).toEqual([0, 0, 0, 0, 0, 0]);
});
