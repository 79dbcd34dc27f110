/** Replaces `digitNormalizer.ts` in bundles for browsers: pages whose model does not classify digits do not load the code that finds them. */
import { InklingError } from '../core/errors.js';
import type { DigitNormalizer } from './digitNormalizer.js';

let loaded: DigitNormalizer | undefined;

export async function loadDigitNormalizer(): Promise<DigitNormalizer> {
  if (loaded === undefined) {
    const { normalizeDigit, normalizeDigits, normalizeDrawing } = await import('./digit/normalizeDigit.js');
    loaded = { normalizeDigit, normalizeDigits, normalizeDrawing };
  }
  return loaded;
}

export function digitNormalizer(): DigitNormalizer {
  if (loaded !== undefined) return loaded;
  throw new InklingError(
    'digits: expected the code that normalizes them to be loaded before images are prepared; await `loadDigitNormalizer()` first',
  );
}
