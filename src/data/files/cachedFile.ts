import { InklingError, messageOf } from '../../core/errors.js';
import { readBytes } from '../../platform/files.js';
import {
  type DatasetFile,
  type ExpectedFile,
  maxStoredBytes,
  openDatasetFile,
  preferredForm,
} from './datasetFile.js';
import { findFile } from './locate.js';

/** Reads a file from the cache; if it is missing, returns undefined, and if it is wrong, also adds the problem to `problems`. */
export function readCachedFile(
  expected: ExpectedFile,
  folder: string,
  problems: string[],
): DatasetFile | undefined {
  const path = findFile(folder, expected.name, preferredForm(expected));
  if (path === undefined) return undefined;
  try {
    const file = openDatasetFile(expected, path, readBytes(path, maxStoredBytes(expected)));
    if (file.unverified !== undefined) throw new InklingError(file.unverified);
    return file;
  } catch (error) {
    problems.push(`${path} (${messageOf(error)})`);
    return undefined;
  }
}
