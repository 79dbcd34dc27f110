import { expect, test } from 'vitest';
import { assessDoubt } from '#inkling/predict/doubt.js';

const calibration = {
  temperature: 2,
  threshold: 0.9,
  logSumExpThreshold: 5,
  coverage: 1,
  precision: 1,
  images: 100,
};

const noConcern = { pixels: Float32Array.of(0, 0, 1, 1), shape: [2, 2, 1] };
const assess = (logits: Float32Array, calibrated: typeof calibration | undefined) =>
  assessDoubt({ logits, ...noConcern }, calibrated);

test('a confident prediction for a familiar image is not doubtful', () => {
  expect(assess(Float32Array.of(10, 0, 0), calibration)).toEqual({ doubtful: false, reasons: [] });
});

test('a calibrated confidence below the threshold is doubtful', () => {
  // With the temperature, 1 / (1 + e^-1) = 73 %; without it, 88 %.
  expect(assess(Float32Array.of(10, 8), calibration)).toEqual({
    doubtful: true,
    reasons: [{ code: 'low-confidence', text: 'confidence of 73.11 % is below the threshold of 90.00 %' }],
  });
});

test('a confidence that is written like the threshold is said to be slightly below it', () => {
  const { reasons } = assess(Float32Array.of(20, 0), { ...calibration, threshold: 0.99999 });
  expect(reasons.map(({ text }) => text)).toEqual(['confidence of 100.00 % is slightly below the threshold']);
});

test('logits lower than those of the validation images are doubtful, even for a high confidence', () => {
  const { doubtful, reasons } = assess(Float32Array.of(0, -20, -20), calibration);
  expect(doubtful).toBe(true);
  expect(reasons.map(({ code }) => code)).toEqual(['out-of-distribution']);
});

test('a prediction can be doubtful for both reasons', () => {
  const { reasons } = assess(Float32Array.of(0, 0, 0), calibration);
  expect(reasons.map(({ code }) => code)).toEqual(['low-confidence', 'out-of-distribution']);
});

test('without a calibration, a confidence below 50 % is doubtful', () => {
  expect(assess(Float32Array.of(0.1, 0), undefined).doubtful).toBe(false);
  expect(assess(Float32Array.of(0.1, 0, 0), undefined)).toEqual({
    doubtful: true,
    reasons: [{ code: 'low-confidence', text: 'confidence of 35.59 % is below the threshold of 50.00 %' }],
  });
});

test('thresholds that fewer than 50 images set do not apply: a confidence below 50 % is doubtful, and no image is unfamiliar', () => {
  const few = { ...calibration, temperature: 1, images: 49 };
  // Confidences of 73 % and 36 %, and log-sum-exps far below the threshold.
  expect(assess(Float32Array.of(-20, -21), few)).toEqual({ doubtful: false, reasons: [] });
  expect(assess(Float32Array.of(0.1, 0, 0), few).reasons).toEqual([
    { code: 'low-confidence', text: 'confidence of 35.59 % is below the threshold of 50.00 %' },
  ]);
  const { reasons } = assess(Float32Array.of(-20, -21), { ...few, images: 50 });
  expect(reasons.map(({ code }) => code)).toEqual(['low-confidence', 'out-of-distribution']);
});

test('concerns about the image are reasons, listed once each and before those from the logits', () => {
  const evidence = { logits: Float32Array.of(10, 0, 0), ...noConcern };
  expect(assessDoubt({ ...evidence, concerns: ['several-digits'] }, calibration)).toEqual({
    doubtful: true,
    reasons: [
      {
        code: 'several-digits',
        text: 'the image seems to show several digits side by side (to read a number, use inkling predict --number)',
      },
    ],
  });
  const blank = { ...evidence, logits: Float32Array.of(0, 0, 0), pixels: new Float32Array(4) };
  const { reasons } = assessDoubt({ ...blank, concerns: ['empty'] }, calibration);
  expect(reasons.map(({ code }) => code)).toEqual(['empty', 'low-confidence', 'out-of-distribution']);
});
