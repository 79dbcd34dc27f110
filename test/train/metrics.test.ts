import { expect, test } from 'vitest';
import { finiteMetricsOf, metricsOf } from '#inkling/train/metrics.js';

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

test('a loss that is not finite is not recorded', () => {
  for (const loss of [NaN, Infinity]) {
    const scores = { losses: Float32Array.of(0.5, loss), predictions: Int32Array.of(0, 0) };
    expect(() => finiteMetricsOf(scores, Uint8Array.of(0, 1), 2)).toThrow(
      `expected a finite loss on the labeled images, got ${loss}: the weights are too large or damaged; `,
    );
  }
});
