import { parseExcluded } from '../../data/audit/labelErrorsCsv.js';
import type { ExcludedImages } from '../../data/audit/excludedImages.js';
import { readBytes } from '../../platform/files.js';

/** More than a list of two million images takes. */
const MAX_BYTES = 2 ** 28;

/**
 * The images that the file of `--exclude` names.
 *
 * @throws {InklingError} when it cannot be read, or is not a table of images
 */
export function readExcluded(file: string): ExcludedImages {
  return parseExcluded(readBytes(file, MAX_BYTES), file);
}
