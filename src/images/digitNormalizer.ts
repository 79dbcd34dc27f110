import * as normalizer from './digit/normalizeDigit.js';

/** What normalizes digits like MNIST's. */
export type DigitNormalizer = Pick<
  typeof normalizer,
  'normalizeDigit' | 'normalizeDigits' | 'normalizeDrawing'
>;

/** Loads it; without, `digitNormalizer` fails in browsers. */
export function loadDigitNormalizer(): Promise<DigitNormalizer> {
  return Promise.resolve(normalizer);
}

/** @throws {InklingError} in browsers, when it was not loaded */
export function digitNormalizer(): DigitNormalizer {
  return normalizer;
}
