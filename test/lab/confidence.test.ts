import { expect, test } from 'vitest';
import { en } from '../../src/lab/text/en.js';
import { confidenceText } from '../../src/lab/try/confidence.js';
import { describe as describePrediction } from '../../src/lab/try/describe.js';

const calibration = {
  temperature: 1.2,
  threshold: 0.6,
  logSumExpThreshold: 2,
  coverage: 0.9,
  precision: 0.99,
  images: 50,
};

test.each([
  ['Calibrated confidence: 97.3\u00a0%', calibration],
  ['Confidence, not calibrated: 97.3\u00a0%', { ...calibration, images: 49 }],
  ['Confidence, not calibrated: 97.3\u00a0%', undefined],
])('says "%s"', (expected, measured) => {
  expect(confidenceText(0.973, measured, en.try)).toBe(expected);
});

test.each([
  [['low-confidence'], 'Maybe 4 or 9: the confidence is low.'],
  [['out-of-distribution'], 'Most like 4, but it resembles none of the examples.'],
  [
    ['low-confidence', 'out-of-distribution'],
    'Most like 4, but the confidence is low; it resembles none of the examples.',
  ],
] as const)('a prediction that is doubtful because of %j does not contradict itself', (codes, expected) => {
  const top = [
    { label: '4', probability: 0.6 },
    { label: '9', probability: 0.4 },
  ];
  const doubt = codes.map((code) => ({ code, text: '' }));
  const inspection = {
    pixels: new Float32Array(784),
    probabilities: [0.6, 0.4],
    classification: { label: '4', probability: 0.6, top, doubt },
  };
  const described = describePrediction({ inputKind: 'digit', calibration }, inspection, en.try);
  expect(described).toEqual({ headline: 'Not sure', detail: expected, isConfident: false });
});
