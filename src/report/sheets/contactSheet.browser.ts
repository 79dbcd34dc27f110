/** Replaces `contactSheet.ts` in bundles for browsers, which write no files. */
import { UnsupportedError } from '../../core/errors.js';

/** @throws {UnsupportedError} always */
export function writeContactSheet(): Promise<never> {
  return Promise.reject(
    new UnsupportedError(
      'writeContactSheet: files can be written only in Node.js; imageOf returns the images',
    ),
  );
}
