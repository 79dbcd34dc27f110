import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { InklingError } from '../core/errors.js';
import { readBytes } from '../platform/files.js';
import { numberedClasses } from './classes.js';
import { parseCsvImages } from './csv.js';
import { holdOutTest } from './holdOutTest.js';
import type { Dataset } from './dataset.js';
import { pickImages } from './imageSet.js';

/** A table of a million images of 28×28 has more. */
export const CSV_LIMIT_BYTES = 2 ** 31;

/** Names of tables. */
export const TABLE = /\.csv$/i;

/**
 * Loads a table as `parseCsvImages` reads it, and cuts a test part off.
 *
 * @param path absolute
 * @throws {InklingError} when it is malformed, has no labels, or one class only
 */
export function loadCsv(path: string): Dataset {
  const bytes = readBytes(path, CSV_LIMIT_BYTES);
  const { pixels: images, side, labels } = parseCsvImages(bytes, path);
  if (labels === undefined) {
    throw new InklingError(
      `${path}: has no column "label", so that nothing can be learned from it; inkling predict answers what its images are`,
    );
  }
  const classes = numberedClasses([labels], path);
  const cut = holdOutTest(labels, classes.length);
  const all = { images, labels };
  return {
    name: basename(path).replace(TABLE, ''),
    source: {
      kind: 'files',
      location: path,
      verified: false,
      sha256: { [basename(path)]: createHash('sha256').update(bytes).digest('hex') },
      notes: [cut.note],
    },
    shape: [side, side, 1],
    classes,
    train: pickImages(all, cut.train, side * side),
    test: pickImages(all, cut.test, side * side),
  };
}
