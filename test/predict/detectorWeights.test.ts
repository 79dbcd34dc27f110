import { expect, test, vi } from 'vitest';
import { formatDetector, parseDetector } from '#inkling/predict/detector/detectorText.js';
import {
  detectorWeights as weightsInBrowser,
  loadDetector,
} from '#inkling/predict/detector/detectorWeights.browser.js';
import { detectorWeights } from '#inkling/predict/detector/detectorWeights.js';
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

test('in browsers, the weights are available after they were loaded', async () => {
  expect(weightsInBrowser).toThrow(/expected its weights to be loaded.*CompiledModel/);
  await loadDetector();
  expect(weightsInBrowser()).toEqual(detectorWeights());
});

test.each([
  [[28, 28, 1], ten, true],
  [[28, 28, 1], ten.slice(1), false],
  [[32, 32, 1], ten, false],
  [[28, 28, 3], ten, false],
])('images of %j may be digits of the classes %j: %s', (shape, classes, expected) => {
  expect(mayBeDigits({ shape, classes })).toBe(expected);
});
