/** Replaces `labelErrorSheet.ts` in bundles for browsers, which write no files. */
import { UnsupportedError } from '../../core/errors.js';

/** @throws {UnsupportedError} always */
export function writeLabelErrorSheet(): Promise<never> {
  return Promise.reject(
    new UnsupportedError(
      'writeLabelErrorSheet: files can be written only in Node.js; imageOf returns the images',
    ),
  );
}
