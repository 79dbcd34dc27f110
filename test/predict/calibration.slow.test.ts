import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { type Calibration, calibrationSchema } from '#inkling/interop/calibrationRecord.js';
import { calibrationNotice } from '#inkling/predict/calibration.js';
import { calibrate } from '#inkling/predict/fitting/calibrate.js';
import { assessDoubt } from '#inkling/predict/doubt.js';
import { softmax } from '#inkling/predict/softmax.js';

/** Assesses the logits of an image without concerns. */
const assess = (logits: Float32Array, calibration: Calibration) =>
  assessDoubt({ logits, pixels: Float32Array.of(0, 0, 1, 1), shape: [2, 2, 1] }, calibration);

/** Images with labels drawn from the softmax of unscaled logits, so that the correct temperature equals the scale. */
function honest(images: number, classes: number, exaggeration: number) {
  const random = new Random(7);
  const logits = new Float32Array(images * classes).map(() => random.uniform(-4, 4));
  const labels = Uint8Array.from({ length: images }, (_, image) => {
    const own = logits.subarray(image * classes, (image + 1) * classes);
    let left = random.uniform(0, 1);
    const label = softmax(own, 1).findIndex((probability) => (left -= probability) < 0);
    return label === -1 ? classes - 1 : label;
  });
  return { logits: logits.map((logit) => logit * exaggeration), labels };
}

test.each([0.5, 1, 3])('finds the temperature of a model whose logits are scaled by %d', (exaggeration) => {
  const { logits, labels } = honest(20_000, 5, exaggeration);
  expect(calibrate(logits, labels).temperature / exaggeration).toBeCloseTo(1, 1);
});

test('chooses the threshold above which 99 % of the predictions are correct', () => {
  const { logits, labels } = honest(20_000, 3, 1);
  const calibration = calibrate(logits, labels);
  const { temperature, threshold, coverage, precision, images } = calibration;
  const answers = Array.from(labels, (label, image) => {
    const own = logits.subarray(image * 3, image * 3 + 3);
    const probabilities = softmax(own, temperature);
    const confidence = Math.max(...probabilities);
    return { own, right: probabilities[label] === confidence };
  });
  const sure = answers.filter(({ own }) => !assess(own, calibration).doubtful);
  expect(images).toBe(20_000);
  expect(coverage).toBe(sure.length / images);
  expect(precision).toBe(sure.filter(({ right }) => right).length / sure.length);
  expect(precision).toBeGreaterThanOrEqual(0.99);
  // Of calibrated predictions with a confidence of 99 %, 99 % are correct. The threshold is lower, since most predictions
  // above it are more confident.
  expect(threshold).toBeGreaterThan(0.85);
  expect(threshold).toBeLessThan(0.99);
});

test('accepts no prediction of an untrained model', () => {
  const { coverage, precision, threshold } = calibrate(new Float32Array(400), new Uint8Array(200).fill(1));
  expect({ coverage, precision, threshold }).toEqual({ coverage: 0, precision: 1, threshold: 1 });
});

test('images with lower logits than nearly all others are doubtful', () => {
  const { logits, labels } = honest(20_000, 3, 1);
  const calibration = calibrate(logits, labels);
  const sums = Array.from(labels, (_, image) =>
    Math.log(logits.subarray(image * 3, image * 3 + 3).reduce((sum, logit) => sum + Math.exp(logit), 0)),
  );
  const faint = sums.filter((sum) => sum < calibration.logSumExpThreshold);
  expect(faint.length / sums.length).toBeCloseTo(0.02, 3);
  const clear = Float32Array.of(10, 0, 0);
  expect(assess(clear, calibration).doubtful).toBe(false);
  const asSure = clear.map((logit) => logit - 15);
  expect(assess(asSure, calibration).doubtful).toBe(true);
});

test('computes probabilities that add up to 1, even for large logits', () => {
  expect(softmax(Float32Array.of(1000, 1000 + Math.log(3)), 1)).toEqual([
    expect.closeTo(0.25, 3),
    expect.closeTo(0.75, 3),
  ]);
});

test('reads records that name the threshold of the log-sum-exp as earlier versions did', () => {
  const current = {
    temperature: 1,
    threshold: 0.5,
    logSumExpThreshold: 3,
    coverage: 1,
    precision: 1,
    images: 10,
  };
  const { logSumExpThreshold: leastEvidence, ...others } = current;
  expect(calibrationSchema.parse({ ...others, leastEvidence })).toEqual(current);
});

test('with few images, nothing is fitted, and a notice states their number', () => {
  const logits = Float32Array.from({ length: 98 }, (_, at) => (at % 2 === 0 ? 1 : 0));
  const few = calibrate(logits, new Uint8Array(49));
  expect(few).toMatchObject({ temperature: 1, threshold: 0.5, coverage: 1, precision: 1, images: 49 });
  expect(calibrationNotice(few)).toBe(
    'the confidences and doubts are unreliable: there are 49 validation images, expected 50 or more; train with more images',
  );
  const enough = calibrate(Float32Array.of(...logits, 1, 0), new Uint8Array(50));
  // All are classified correctly, so that the loss is least at the lowest temperature.
  expect(enough.temperature).toBeCloseTo(0.05, 2);
  expect(calibrationNotice(enough)).toBeUndefined();
  expect(calibrationNotice(undefined)).toBeUndefined();
});

/** How many of 2,000 new images of the same kind are doubtful, on average over 200 models that `images` calibrated. */
function doubtfulShare(images: number): number {
  const random = new Random(3);
  const draw = (count: number) =>
    Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? random.uniform(4, 9) : 0));
  let doubtful = 0;
  for (let model = 0; model < 200; model++) {
    const calibration = calibrate(draw(images), new Uint8Array(images));
    const logits = draw(10);
    for (let i = 0; i < 10; i++)
      if (assess(logits.subarray(2 * i, 2 * i + 2), calibration).doubtful) doubtful++;
  }
  return doubtful / 2000;
}

test('of new images that are all recognized, few are doubtful, however few images calibrated the model', () => {
  // The lowest of n values is above the next one with a probability of 1 / (n + 1): 14 % for 6.
  expect(doubtfulShare(6)).toBe(0);
  expect(doubtfulShare(49)).toBe(0);
  // The threshold is the second lowest of 50, and the eleventh lowest of 500.
  expect(doubtfulShare(50)).toBeCloseTo(2 / 51, 2);
  expect(doubtfulShare(500)).toBeCloseTo(11 / 501, 2);
});
