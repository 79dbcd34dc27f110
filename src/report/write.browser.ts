/** Replaces `write.ts` in bundles for browsers, which write no files. */
import { UnsupportedError } from '../core/errors.js';

/** @throws {UnsupportedError} always */
export function writeReport(): Promise<never> {
  return Promise.reject(
    new UnsupportedError(
      'writeReport: files can be written only in Node.js; renderReport returns their contents',
    ),
  );
}

/** @throws {UnsupportedError} always */
export function writeSweepReport(): Promise<never> {
  return Promise.reject(
    new UnsupportedError('writeSweepReport: files can be written only in Node.js; use "inkling report"'),
  );
}

/** @throws {UnsupportedError} always */
export function writeRendered(): never {
  throw new UnsupportedError('writeRendered: files can be written only in Node.js; use the contents');
}
