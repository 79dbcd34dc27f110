import { expect, test } from 'vitest';
import { learningCurve } from '#inkling/runs/statistics/learningCurve.js';

// SciPy 1.17: stats.t.interval of the mean, and binomtest(…).proportion_ci(method='wilson').
test('has the mean of several trainings with its t interval, and one training with Wilson’s', () => {
  const several = [9100, 9300, 9250].map((correct) => ({ images: 2000, correct, total: 10_000 }));
  const curve = learningCurve([
    ...several.slice(1),
    { images: 500, correct: 8712, total: 10_000 },
    several[0],
  ]);
  expect(curve).toEqual([
    {
      images: 500,
      runs: 1,
      accuracy: 0.8712,
      interval: { low: expect.closeTo(0.8644917161363425, 10), high: expect.closeTo(0.8776232034732673, 10) },
    },
    {
      images: 2000,
      runs: 3,
      accuracy: expect.closeTo(0.9216666666666667, 12),
      interval: { low: expect.closeTo(0.8958109416039554, 10), high: expect.closeTo(0.9475223917293781, 10) },
    },
  ]);
});
