import { expect, test } from 'vitest';
import { finiteMetricsOf, metricsOf, savedMetricsSchema } from '#inkling/train/metrics.js';

test('computes loss, accuracy, the confusion matrix, precision, recall, and F1', () => {
  const scores = {
    losses: Float32Array.of(0.5, 0.25, 1, 0.25, 2, 2),
    predictions: Int32Array.of(0, 0, 1, 0, 0, 1),
  };
  // Class 2 is never predicted; class 3 is never predicted and has no images.
  const metrics = metricsOf(scores, Uint8Array.of(0, 0, 1, 1, 2, 2), 4);
  expect(metrics.loss).toBe(1);
  expect(metrics.accuracy).toBe(0.5);
  expect([metrics.correct, metrics.total]).toEqual([3, 6]);
  expect(metrics.confusion).toEqual([
    [2, 0, 0, 0],
    [1, 1, 0, 0],
    [1, 1, 0, 0],
    [0, 0, 0, 0],
  ]);
  expect(metrics.perClass).toEqual([
    // f1 = 2 · ½ · 1 / (½ + 1)
    { precision: 0.5, recall: 1, f1: 2 / 3, support: 2 },
    { precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
    { precision: 0, recall: 0, f1: 0, support: 2 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
  ]);
});

test('a class that is predicted but has no images has zero precision and recall', () => {
  const scores = { losses: Float32Array.of(1), predictions: Int32Array.of(1) };
  expect(metricsOf(scores, Uint8Array.of(0), 2).perClass).toEqual([
    { precision: 0, recall: 0, f1: 0, support: 1 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
  ]);
});

// Values of scikit-learn 1.9, f1_score(…, average='macro', zero_division=0). Its mean has no class that occurs neither among the labels
// nor among the predictions.
test.each<[confusion: number[][], macroF1: number]>([
  [
    [
      [2, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 0, 0],
    ],
    0.38888888888888884,
  ],
  [
    [
      [90, 5, 1],
      [3, 7, 0],
      [2, 1, 1],
    ],
    0.628145787490199,
  ],
  [
    [
      [50, 0, 0],
      [4, 0, 0],
      [0, 0, 0],
    ],
    0.4807692307692308,
  ],
  [
    [
      [0, 1],
      [0, 0],
    ],
    0,
  ],
])('the macro F1 score of %j is that of scikit-learn', (confusion, macroF1) => {
  const pairs = confusion.flatMap((row, label) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => [label, predicted])),
  );
  const scores = {
    losses: new Float32Array(pairs.length),
    predictions: Int32Array.from(pairs, ([, predicted]) => predicted),
  };
  const labels = Uint8Array.from(pairs, ([label]) => label);
  const { macroF1: recorded, ...earlier } = metricsOf(scores, labels, confusion.length);
  expect(earlier.confusion).toEqual(confusion);
  expect(recorded).toBeCloseTo(macroF1, 14);
  // A record of an earlier version.
  expect(savedMetricsSchema.parse(earlier)).toEqual({ ...earlier, macroF1: recorded });
});

test('a recorded macro F1 score is read unchanged, and must be a fraction', () => {
  const scores = { losses: Float32Array.of(1, 1), predictions: Int32Array.of(1, 1) };
  const metrics = metricsOf(scores, Uint8Array.of(0, 1), 2);
  expect(savedMetricsSchema.parse({ ...metrics, macroF1: 0.25 }).macroF1).toBe(0.25);
  expect(savedMetricsSchema.safeParse({ ...metrics, macroF1: 1.5 }).success).toBe(false);
});

test('a loss that is not finite is not recorded', () => {
  for (const loss of [NaN, Infinity]) {
    const scores = { losses: Float32Array.of(0.5, loss), predictions: Int32Array.of(0, 0) };
    expect(() => finiteMetricsOf(scores, Uint8Array.of(0, 1), 2)).toThrow(
      `expected a finite loss on the labeled images, got ${loss}: the weights are too large or damaged; `,
    );
  }
});
