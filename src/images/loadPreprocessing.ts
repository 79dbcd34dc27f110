import * as normalizer from './digit/normalizeDigit.js';
import type { InputKind } from './inputKind.js';
import { resizePhoto } from './resize/resizePhoto.js';

/** What normalizes digits like MNIST's. */
export type DigitNormalizer = Pick<
  typeof normalizer,
  'normalizeDigit' | 'normalizeDigits' | 'normalizeDrawing'
>;

/** What resizes photos. */
export type PhotoResizer = typeof resizePhoto;

/** Loads the code that prepares digits or photos; without, `digitNormalizer` or `photoResizer` fails in browsers. */
export const loadPreprocessing: (inputKind: InputKind) => Promise<void> = () => Promise.resolve();

/** @throws {InklingError} in browsers, when it was not loaded */
export function digitNormalizer(): DigitNormalizer {
  return normalizer;
}

/** @throws {InklingError} in browsers, when it was not loaded */
export function photoResizer(): PhotoResizer {
  return resizePhoto;
}
