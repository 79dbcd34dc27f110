import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { readBytes } from '../../platform/files.js';
import { numberedClasses } from '../classes.js';
import type { Dataset } from '../dataset.js';
import { holdOutTest } from '../holdOutTest.js';
import { pickImages } from '../imageSet.js';
import { parseCsvImages } from './parseCsv.js';

/** More than a table of half a million images of 28×28 takes. */
export const MAX_CSV_BYTES = 2 ** 31;

export const CSV_EXTENSION = /\.csv$/i;

/**
 * Loads a table in the format of `parseCsvImages`, and holds out a test set.
 *
 * @param path absolute
 * @throws {InklingError} when it is malformed, has no labels, or only one class
 */
export function loadCsv(path: string): Dataset {
  const bytes = readBytes(path, MAX_CSV_BYTES);
  const { pixels: images, side, labels } = parseCsvImages(bytes, path);
  if (labels === undefined) {
    throw new InklingError(
      `${path}: expected a column "label" to train or evaluate on, got only pixels; use inkling predict to classify its images`,
    );
  }
  const classes = numberedClasses([labels], path);
  const heldOut = holdOutTest(labels, classes.length);
  const all = { images, labels };
  return {
    name: basename(path).replace(CSV_EXTENSION, ''),
    source: {
      kind: 'files',
      location: path,
      verified: false,
      sha256: { [basename(path)]: createHash('sha256').update(bytes).digest('hex') },
      notes: [heldOut.note],
    },
    shape: [side, side, 1],
    classes,
    train: pickImages(all, heldOut.train, side * side),
    test: pickImages(all, heldOut.test, side * side),
  };
}
