import { basename, join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { type Dataset, withNotes } from '../dataset.js';
import type { DatasetUse } from '../holdOutTest.js';
import { labeledDataset } from '../labeledDataset.js';
import { partMentioned } from '../partNames.js';
import { arrayFileStem, readArrayFiles } from './readArrays.js';
import { withColumns } from './withColumns.js';

/**
 * Loads a data set from a table or an archive of NumPy arrays.
 *
 * @param path absolute
 * @throws {InklingError} when it is malformed, or has no labels
 */
export function loadArrayFile(path: string, use: DatasetUse): Dataset {
  const { parts, sha256 } = readArrayFiles([path], path);
  // A name such as mnist_train.csv does not mean that a part is missing.
  const own =
    parts.length === 1 && use === 'training'
      ? parts.map((part) => ({ ...part, part: 'train' as const }))
      : parts;
  const dataset = labeledDataset(own, { name: arrayFileStem(path), location: path, sha256 }, use);
  return withColumns(dataset, own);
}

/**
 * Loads a data set from a folder of tables or NumPy arrays, whose names indicate their parts: `mnist_train.csv` and
 * `mnist_test.csv`, `x_train.npy` and `y_train.npy`. If some names indicate a part, files whose names do not are ignored.
 *
 * @param names of the files
 * @throws {InklingError} when they are malformed, have no labels, or two tables are the same part
 */
export function loadArrayFolder(folder: string, names: readonly string[], use: DatasetUse): Dataset {
  const named = names.filter((name) => partMentioned(arrayFileStem(name)) !== undefined);
  const used = named.length > 0 ? named : names;
  const { parts, sha256 } = readArrayFiles(
    used.map((name) => join(folder, name)),
    folder,
  );
  const duplicate = parts.find(
    ({ part }, index) => parts.findIndex((other) => other.part === part) !== index,
  );
  if (duplicate !== undefined) {
    throw new InklingError(
      `${folder}: expected one file for each part of a data set, got ${used.join(', ')}; pass one of them, or add train and test to their names`,
    );
  }
  const labeled = labeledDataset(parts, { name: basename(folder), location: folder, sha256 }, use);
  const dataset = withColumns(labeled, parts);
  const ignored = names.filter((name) => !used.includes(name));
  if (ignored.length === 0) return dataset;
  const note = `ignored: ${ignored.join(', ')}, whose names do not indicate a part of the data set`;
  return withNotes(dataset, [note]);
}
