import { expect, test } from 'vitest';
import {
  digitNormalizer as normalizerInBrowser,
  loadPreprocessing,
  photoResizer as resizerInBrowser,
} from '#inkling/images/loadPreprocessing.browser.js';
import { digitNormalizer, photoResizer } from '#inkling/images/loadPreprocessing.js';

test('in browsers, digits are normalized by the same code after it was loaded', async () => {
  expect(normalizerInBrowser).toThrow(/digits: expected the code .* to be loaded .*loadPreprocessing/);
  await loadPreprocessing('digit');
  const { normalizeDigit, normalizeDigits, normalizeDrawing } = digitNormalizer();
  expect(normalizerInBrowser()).toEqual({ normalizeDigit, normalizeDigits, normalizeDrawing });
});

test('in browsers, photos are resized by the same code after it was loaded', async () => {
  await loadPreprocessing('image');
  expect(resizerInBrowser).toThrow(/photos: expected the code .* to be loaded .*loadPreprocessing/);
  await loadPreprocessing('photo');
  expect(resizerInBrowser()).toBe(photoResizer());
});
