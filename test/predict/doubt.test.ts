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

test('a confident prediction for a familiar image is not doubtful', () => {
  expect(assessDoubt(Float32Array.of(10, 0, 0), calibration)).toEqual({ doubtful: false, reasons: [] });
});

test('a calibrated confidence below the threshold is doubtful', () => {
  // With the temperature, 1 / (1 + e^-1) = 73 %; without it, 88 %.
  expect(assessDoubt(Float32Array.of(10, 8), calibration)).toEqual({
    doubtful: true,
    reasons: [{ code: 'low-confidence', text: 'confidence of 73.11 % is below the threshold of 90.00 %' }],
  });
});

test('logits lower than those of the validation images are doubtful, however far apart', () => {
  const { doubtful, reasons } = assessDoubt(Float32Array.of(0, -20, -20), calibration);
  expect(doubtful).toBe(true);
  expect(reasons.map(({ code }) => code)).toEqual(['out-of-distribution']);
});

test('a prediction can be doubtful for both reasons', () => {
  const { reasons } = assessDoubt(Float32Array.of(0, 0, 0), calibration);
  expect(reasons.map(({ code }) => code)).toEqual(['low-confidence', 'out-of-distribution']);
});

test('without a calibration, a confidence below 50 % is doubtful', () => {
  expect(assessDoubt(Float32Array.of(0.1, 0), undefined).doubtful).toBe(false);
  expect(assessDoubt(Float32Array.of(0.1, 0, 0), undefined)).toEqual({
    doubtful: true,
    reasons: [{ code: 'low-confidence', text: 'confidence of 35.59 % is below the threshold of 50.00 %' }],
  });
});
