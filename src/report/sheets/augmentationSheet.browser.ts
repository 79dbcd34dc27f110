/** Replaces `augmentationSheet.ts` in bundles for browsers, which write no files. */
import { UnsupportedError } from '../../core/errors.js';

/** @throws {UnsupportedError} always */
export function writeAugmentationSheet(): Promise<never> {
  return Promise.reject(
    new UnsupportedError(
      'writeAugmentationSheet: files can be written only in Node.js; previewAugmentation returns the images',
    ),
  );
}
