import { expect, test, vi } from 'vitest';
import { formatDetector, parseDetector } from '#inkling/predict/detector/detectorText.js';
import {
  detectDigit as detectInBrowser,
  detectorWeights as weightsInBrowser,
  loadDetector,
} from '#inkling/predict/detector/detector.browser.js';
import { detectDigit, detectorWeights } from '#inkling/predict/detector/detector.js';
import { mayBeDigits } from '#inkling/predict/detector/mayBeDigits.js';

const ten = [...'0123456789'];

vi.mock('inkling:detector', () => ({ default: formatDetector(detectorWeights()) }));

test('the weights are restored from their text, in which each is a letter', () => {
  const { weights } = detectorWeights().second;
  const text = formatDetector(detectorWeights());
  expect(parseDetector(text)).toEqual(detectorWeights());
  expect(text).toContain(
    `"weights":"${Array.from(weights, (weight) => String.fromCharCode(weight + 63)).join('')}"`,
  );
});

test('in browsers, the detector is available after it was loaded', async () => {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 1 : 0));
  expect(weightsInBrowser).toThrow(/expected it to be loaded.*CompiledModel/);
  expect(() => detectInBrowser(pixels)).toThrow(/expected it to be loaded.*CompiledModel/);
  await loadDetector();
  expect(weightsInBrowser()).toEqual(detectorWeights());
  expect(detectInBrowser(pixels)).toEqual(detectDigit(pixels));
});

test.each([
  [[28, 28, 1], ten, true],
  [[28, 28, 1], ten.slice(1), false],
  [[32, 32, 1], ten, false],
  [[28, 28, 3], ten, false],
])('images of %j may be digits of the classes %j: %s', (shape, classes, expected) => {
  expect(mayBeDigits({ shape, classes })).toBe(expected);
});
