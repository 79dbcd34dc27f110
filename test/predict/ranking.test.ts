import { expect, test } from 'vitest';
import { rank } from '#inkling/predict/ranking.js';

const classes = ['a', 'b', 'c'];
/** Their exponentials are 1, 4 and 16 for the first image, 9, 1 and 1 for the second. */
const logits = Float32Array.of(0, Math.log(4), Math.log(16), Math.log(9), 0, 0);
const calibration = {
  temperature: 2,
  threshold: 0.5,
  logSumExpThreshold: 0,
  coverage: 1,
  precision: 1,
  images: 100,
};

test('ranks the classes of each image by calibrated probability', () => {
  const near = (share: number): number => expect.closeTo(share, 6) as number;
  expect(rank(logits, { classes, calibration, count: 2 })).toEqual([
    // With a temperature of 2, the exponentials are 1, 2 and 4, and 3, 1 and 1.
    [
      { class: 'c', confidence: near(4 / 7) },
      { class: 'b', confidence: near(2 / 7) },
    ],
    [
      { class: 'a', confidence: near(3 / 5) },
      { class: 'b', confidence: near(1 / 5) },
    ],
  ]);
});

test('uses softmax probabilities without a calibration', () => {
  const [[best], [other]] = rank(logits, { classes, calibration: undefined, count: 1 });
  expect(best).toEqual({ class: 'c', confidence: expect.closeTo(16 / 21, 6) as number });
  expect(other.confidence).toBeCloseTo(9 / 11, 6);
});
