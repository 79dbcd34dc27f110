/** Replaces `loadPreprocessing.ts` in bundles for browsers: pages load what finds digits or resizes photos only for models that take them. */
import { InklingError } from '../core/errors.js';
import type { InputKind } from './inputKind.js';
import type { DigitNormalizer, PhotoResizer } from './loadPreprocessing.js';

let normalizer: DigitNormalizer | undefined;
let resizer: PhotoResizer | undefined;

export async function loadPreprocessing(inputKind: InputKind): Promise<void> {
  if (inputKind === 'digit' && normalizer === undefined) {
    const { normalizeDigit, normalizeDigits, normalizeDrawing } = await import('./digit/normalizeDigit.js');
    normalizer = { normalizeDigit, normalizeDigits, normalizeDrawing };
  }
  if (inputKind === 'photo' && resizer === undefined) {
    const { resizePhoto } = await import('./resize/resizePhoto.js');
    resizer = resizePhoto;
  }
}

export function digitNormalizer(): DigitNormalizer {
  return loaded(normalizer, 'digit');
}

export function photoResizer(): PhotoResizer {
  return loaded(resizer, 'photo');
}

function loaded<Code>(code: Code | undefined, inputKind: InputKind): Code {
  if (code !== undefined) return code;
  throw new InklingError(
    `${inputKind}s: expected the code that prepares them to be loaded before images are prepared; await \`loadPreprocessing('${inputKind}')\` first`,
  );
}
