import { expect, test } from 'vitest';
import {
  digitNormalizer as normalizerInBrowser,
  loadDigitNormalizer,
} from '#inkling/images/digitNormalizer.browser.js';
import { digitNormalizer } from '#inkling/images/digitNormalizer.js';

test('in browsers, digits are normalized by the same code after it was loaded', async () => {
  expect(normalizerInBrowser).toThrow(/expected the code .* to be loaded .*loadDigitNormalizer/);
  await loadDigitNormalizer();
  const { normalizeDigit, normalizeDigits, normalizeDrawing } = digitNormalizer();
  expect(normalizerInBrowser()).toEqual({ normalizeDigit, normalizeDigits, normalizeDrawing });
});
