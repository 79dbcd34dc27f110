import { expect, test } from 'vitest';
import { en } from '../../src/lab/text/en.js';
import { confidenceText } from '../../src/lab/try/confidence.js';

const calibration = {
  temperature: 1.2,
  threshold: 0.6,
  logSumExpThreshold: 2,
  coverage: 0.9,
  precision: 0.99,
  images: 50,
};

test.each([
  ['Calibrated confidence: 97.3 %', calibration],
  ['Confidence, not calibrated: 97.3 %', { ...calibration, images: 49 }],
  ['Confidence, not calibrated: 97.3 %', undefined],
])('says "%s"', (expected, measured) => {
  expect(confidenceText(0.973, measured, en.try)).toBe(expected);
});
