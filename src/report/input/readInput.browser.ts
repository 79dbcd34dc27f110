/** Replaces `readInput.ts` in bundles for browsers, which have no folders. */
import { UnsupportedError } from '../../core/errors.js';
import type { FrontMatter } from './frontMatter.js';
import type { ReportInput } from './reportInput.js';

/** @throws {UnsupportedError} for a logo, which is a file */
export function readInput(
  _folder: string | undefined,
  { logo, ...titles }: FrontMatter & { readonly logo?: string | undefined },
): ReportInput {
  if (logo === undefined) return { titles };
  throw new UnsupportedError(
    `report: files can be read only in Node.js, got the logo "${logo}"; leave it out`,
  );
}
