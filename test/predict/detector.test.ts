import { expect, test } from 'vitest';
import { checksumOf } from '#inkling/core/checksum.js';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import type { Calibration } from '#inkling/interop/calibrationRecord.js';
import { detectDigit } from '#inkling/predict/detector/detector.js';
import { nonDigitMargin } from '#inkling/predict/detector/logits.js';
import { orientationsOf } from '#inkling/predict/detector/orientations.js';
import { DETECTOR_VERSION, FIRST, OUTPUT, SECOND, UNITS } from '#inkling/predict/detector/weights.js';
import { assessDoubt } from '#inkling/predict/doubt.js';
import { calibrate } from '#inkling/predict/fitting/calibrate.js';
import { detectIfDigits } from '#inkling/predict/fitting/detectIfDigits.js';
import { fitPrototypes } from '#inkling/predict/fitting/fitPrototypes.js';
import { outsiders } from '../../bench/doubt/outsiders.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const { test: digits } = generateDigits({ seed: 8, train: 1, test: 500 });
const { letters } = outsiders(4, digits);
const pixelsOf = (images: Uint8Array, i: number) =>
  toUnitFloats(images.subarray(i * PIXELS, (i + 1) * PIXELS));

/** An image by a function of the pixel's position. */
const imageOf = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: PIXELS }, (_, i) => value(i % SIDE, Math.floor(i / SIDE)));

/** The sum of each direction over all cells but those at the edge, where the image ends. */
function insideDirections(orientations: Float32Array): number[] {
  const sums = new Array<number>(8).fill(0);
  orientations.forEach((value, i) => {
    const [row, column] = [Math.floor(i / 56), Math.floor(i / 8) % 7];
    if (Math.min(row, column) > 1 && Math.max(row, column) < 5) sums[i % 8] += value;
  });
  return sums;
}

test.each([
  ['to the right', 0, 1, 0],
  ['down to the right', 1, 1, 1],
  ['down', 2, 0, 1],
  ['down to the left', 3, -1, 1],
  ['to the left', 4, -1, 0],
  ['up to the left', 5, -1, -1],
  ['up', 6, 0, -1],
  ['up to the right', 7, 1, -1],
])('a gradient that rises %s has direction %i alone', (_, direction, dx, dy) => {
  const sums = insideDirections(
    orientationsOf(imageOf((x, y) => 0.5 + (dx * (x - 14) + dy * (y - 14)) / 60)),
  );
  sums.forEach((sum, i) => {
    if (i === direction) expect(sum).toBeGreaterThan(0.1);
    else expect(sum).toBeLessThan(0.02);
  });
});

test('a gradient between two directions is divided among them', () => {
  const sums = insideDirections(orientationsOf(imageOf((x, y) => (2 * x + y) / 90)));
  expect(sums[0]).toBeGreaterThan(0.1);
  expect(sums[1]).toBeGreaterThan(0.1);
});

test('orientations have length 1, and are zeros for a blank image', () => {
  const squares = orientationsOf(pixelsOf(digits.images, 0)).reduce((sum, value) => sum + value * value, 0);
  expect(squares).toBeCloseTo(1, 5);
  expect(orientationsOf(new Float32Array(PIXELS)).every((value) => value === 0)).toBe(true);
});

test('the version is the checksum of the weights', () => {
  const weights = [FIRST, SECOND, OUTPUT].map((layer) => layer.weights);
  expect(DETECTOR_VERSION).toBe(checksumOf(new TextEncoder().encode(UNITS + weights.join(''))));
});

test('recognizes digits as such, and hardly any letters', () => {
  const isDigit = (images: Uint8Array, i: number) => {
    const detected = detectDigit(pixelsOf(images, i));
    return [...detected.keys()].slice(0, 10).some((digit) => nonDigitMargin(detected, digit) < 0);
  };
  const share = (images: Uint8Array) =>
    Array.from({ length: 500 }, (_, i) => isDigit(images, i)).filter(Boolean).length / 500;
  expect(share(digits.images)).toBeGreaterThan(0.75);
  expect(share(letters)).toBeLessThan(0.1);
});

test('judges only data sets of digits whose labels are their values', () => {
  const { images, labels } = digits;
  expect(detectIfDigits(images, labels)).toHaveLength(500);
  expect(
    detectIfDigits(
      images,
      labels.map((label) => 9 - label),
    ),
  ).toBeUndefined();
  expect(detectIfDigits(letters.slice(0, 500 * PIXELS), labels)).toBeUndefined();
  expect(detectIfDigits(new Uint8Array(500 * 100), labels)).toBeUndefined();
});

/** A model that is always sure, and finds the same features in all images of a class. */
function calibration(): Calibration {
  const { images, labels } = digits;
  const logits = Float32Array.from({ length: 10 * labels.length }, (_, i) =>
    labels[Math.floor(i / 10)] === i % 10 ? 9 + (i % 7) / 10 : 0,
  );
  const features = { size: 10, values: Float32Array.from(logits, (logit) => Number(logit > 0)) };
  const prototypes = fitPrototypes('fc1', features, labels, 10);
  if (prototypes === undefined) throw new Error('expected prototypes');
  return calibrate(logits, labels, {
    known: { prototypes, features, detected: detectIfDigits(images, labels) },
  });
}

test('a letter is out of distribution even if the model finds exactly what it finds in a digit', () => {
  const calibrated = calibration();
  const { familiarity } = calibrated;
  if (familiarity?.detector === undefined) throw new Error('expected a detector');
  expect(calibrated.coverage).toBeCloseTo(0.955, 2);
  const doubts = (judge: Calibration, images: Uint8Array, labelOf: (i: number) => number) =>
    Array.from({ length: 300 }, (_, i) => {
      const features = Float32Array.from({ length: 10 }, (_, k) => Number(k === labelOf(i)));
      const logits = features.map((value) => 9.3 * value);
      const evidence = { logits, features, pixels: pixelsOf(images, i), shape: [SIDE, SIDE, 1] };
      return assessDoubt(evidence, judge).reasons.some(({ code }) => code === 'out-of-distribution');
    }).filter(Boolean).length / 300;
  expect(doubts(calibrated, digits.images, (i) => digits.labels[i])).toBeLessThan(0.06);
  expect(doubts(calibrated, letters, (i) => i % 10)).toBeGreaterThan(0.8);

  // Margins of another version of the detector are not comparable.
  const other = { ...familiarity, detector: { ...familiarity.detector, version: 'other' } };
  expect(doubts({ ...calibrated, familiarity: other }, letters, (i) => i % 10)).toBe(0);
});
