import { basename } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { catalog } from '../catalog/catalog.js';
import type { Dataset } from '../dataset.js';
import { type DatasetFile, readDatasetFile } from '../files/datasetFile.js';
import type { DatasetUse } from '../holdOutTest.js';
import { labeledDataset, type PartImages } from '../labeledDataset.js';
import type { IdxFileSet } from './findIdx.js';
import { idxImages } from './idxDataset.js';

const MAX_FILE_BYTES = 2 ** 30;

/**
 * Loads IDX files from a given folder. They are not verified, since their hashes are not known. There may be only
 * training or only test images.
 *
 * @throws {InklingError} when one of a pair of images and labels is missing, or a file is malformed
 */
export function loadIdx(set: IdxFileSet, use: DatasetUse): Dataset {
  const { folder, prefix } = set;
  const name = prefix === '' ? basename(folder) : prefix;
  const entry = catalog.find((known) => known.name === prefix);
  if (entry !== undefined) {
    const files = ['train', 'test'].flatMap((part) => pairOf(set, part) ?? missing(set, `${part} images`));
    const source = { kind: 'files', location: folder, verified: false } as const;
    return entry.assemble(files, { name, classes: entry.classes, source });
  }
  const pairs = (['train', 'test'] as const).flatMap((part) => {
    const pair = pairOf(set, part);
    return pair === undefined ? [] : [{ part, pair }];
  });
  const parts = pairs.map(({ part, pair: [images, labels] }): PartImages => {
    return { part, origin: images.origin, ...idxImages(images, labels) };
  });
  const files = pairs.flatMap(({ pair }) => pair);
  const sha256 = Object.fromEntries(files.map((file) => [file.name, file.sha256]));
  const dataset = labeledDataset(parts, { name, location: folder, sha256 }, use);
  // The report's data set is split as in the report, regardless of the location of its files.
  return files.every(isOfCatalog) ? { ...dataset, splitMethod: 'random' } : dataset;
}

/** The files with a part's images and labels; undefined if there are neither. */
function pairOf(set: IdxFileSet, part: string): [DatasetFile, DatasetFile] | undefined {
  const contents = ['images', 'labels'] as const;
  const [images, labels] = contents.map((content) => set.paths.get(`${part} ${content}`));
  if (images === undefined && labels === undefined) return undefined;
  if (images === undefined) return missing(set, `${part} images`);
  if (labels === undefined) return missing(set, `${part} labels`);
  return [readFile(images), readFile(labels)];
}

function missing({ folder, paths }: IdxFileSet, what: string): never {
  const found = [...paths.values()].map((path) => basename(path)).join(', ');
  throw new InklingError(
    `${folder}: expected IDX files of images and their labels, got ${found}; add the file of the ${what}`,
  );
}

function readFile(path: string): DatasetFile {
  return readDatasetFile({ name: basename(path).replace(/\.gz$/i, ''), bytes: MAX_FILE_BYTES }, path);
}

function isOfCatalog({ sha256 }: DatasetFile): boolean {
  return catalog.some(({ files }) => files.some((file) => file.sha256 === sha256));
}
