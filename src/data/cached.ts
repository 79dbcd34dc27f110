import { InklingError, messageOf } from '../core/errors.js';
import { readBytes } from '../platform/files.js';
import { type ExpectedFile, type IdxFile, maxStoredBytes, openIdxFile, preferenceOf } from './idxFile.js';
import { pathOf } from './locate.js';

/** Reads a file of the cache; a wrong one becomes one of the problems. */
export function readCached(expected: ExpectedFile, folder: string, problems: string[]): IdxFile | undefined {
  const path = pathOf(folder, expected.name, preferenceOf(expected));
  if (path === undefined) return undefined;
  try {
    const file = openIdxFile(expected, path, readBytes(path, maxStoredBytes(expected)));
    if (!file.verified) throw new InklingError('no hash of it is known');
    return file;
  } catch (error) {
    problems.push(`${path} (${messageOf(error)})`);
    return undefined;
  }
}
