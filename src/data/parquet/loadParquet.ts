import { basename, dirname, join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { listFirst } from '../../core/format.js';
import { fileBytes, modifiedAt, readBytes } from '../../platform/files.js';
import { ScratchFile } from '../../platform/scratchFile.js';
import { type Dataset, withNotes } from '../dataset.js';
import type { FolderListing } from '../files/listing.js';
import { hashOf } from '../imageFolder/cache.js';
import { decodedDataset, decodeOrReadCache, type ImageFolderOptions } from '../imageFolder/decodedDataset.js';
import { decodeFiles } from '../imageFolder/decodeFiles.js';
import { joinParts, labeledDataset } from '../labeledDataset.js';
import { partMentioned } from '../partNames.js';
import type { DatasetPart } from '../parts.js';
import { separateParts } from '../separateParts.js';
import { extractImages } from './extractImages.js';
import { findImageColumn, listColumns } from './parquetContent.js';
import { openParquet } from './parquetFile.js';
import { readPixels } from './readPixels.js';

const EXTENSION = /\.(parquet|pq)$/i;
const MAX_LISTED = 5;
/** More than the size of a table of a million 28×28 images. */
const MAX_FILE_BYTES = 2 ** 31;

/** Whether a file is a Parquet table, by its name. */
export function isParquetFile(path: string): boolean {
  return EXTENSION.test(path);
}

/** A Parquet file, and the part of the data set that it contains. */
interface PartFile {
  readonly path: string;
  readonly part: DatasetPart;
}

/**
 * Loads a data set from a Parquet table of image files or pixels.
 *
 * @param path absolute
 * @throws {InklingError} when it is damaged, or has no labels
 */
export function loadParquetFile(path: string, options: ImageFolderOptions): Promise<Dataset> {
  // A name such as train-00000-of-00001.parquet does not mean that a part is missing.
  const part = options.use === 'training' ? 'train' : (partMentioned(stemOf(path)) ?? 'train');
  return loadTables(path, stemOf(path), [{ path, part }], options);
}

/**
 * Loads a data set from a folder with Parquet tables, such as a clone of a repository of the Hugging Face hub. The names of files or
 * of their folders indicate the parts; a part may have several files.
 *
 * @throws {InklingError} when a table is damaged, they have no labels, or the folder contains several data sets
 */
export async function loadParquetFolder(
  path: string,
  { files }: FolderListing,
  options: ImageFolderOptions,
): Promise<Dataset> {
  const names = files.map(({ name }) => name).filter(isParquetFile);
  const named = names.flatMap((name) => {
    const part = partOfPath(name);
    return part === undefined ? [] : [{ name, part }];
  });
  const used = named.length > 0 ? named : names.map((name) => ({ name, part: 'train' as const }));
  checkOneDataset(used, path);
  const tables = used.map(({ name, part }) => ({ path: join(path, name), part }));
  const dataset = await loadTables(path, basename(path), tables, options);
  const ignored = names.filter((name) => !used.some((each) => each.name === name));
  if (ignored.length === 0) return dataset;
  return withNotes(dataset, [
    `ignored: ${listFirst(ignored, MAX_LISTED)}, whose names do not indicate a part of the data set`,
  ]);
}

async function loadTables(
  location: string,
  name: string,
  tables: readonly PartFile[],
  options: ImageFolderOptions,
): Promise<Dataset> {
  const opened = await Promise.all(
    tables.map(async ({ path, part }) => {
      const file = await openParquet(path);
      return { file, part, image: findImageColumn(file) };
    }),
  );
  const imageTables = opened.flatMap(({ image, ...table }) =>
    image === undefined ? [] : [{ ...table, image }],
  );
  if (imageTables.length === 0) {
    const parts = [];
    for (const { file, part } of opened)
      parts.push(...separateParts(await readPixels(file), file.path, part));
    return labeledDataset(joinParts(parts), { name, location, sha256: hashesOf(tables) }, options.use);
  }
  const other = opened.find(({ image }) => image === undefined);
  if (other !== undefined) {
    throw new InklingError(
      `${other.file.path}: expected a column of images as in ${imageTables[0].file.path}, got ${listColumns(other.file.columns)}`,
    );
  }
  const stamps = tables.flatMap(({ path, part }) => [path, part, `${fileBytes(path)} ${modifiedAt(path)}`]);
  const decoded = await decodeOrReadCache(location, stamps, options, async (scratchFolder) => {
    const scratch = new ScratchFile(scratchFolder);
    try {
      const layout = await extractImages(imageTables, scratch, location, options);
      return await decodeFiles(layout, options.target, location, scratchFolder, options);
    } finally {
      scratch.close();
    }
  });
  return decodedDataset({ path: location, name }, decoded, options);
}

function hashesOf(tables: readonly PartFile[]): Record<string, string> {
  return Object.fromEntries(
    tables.map(({ path }) => [basename(path), hashOf(readBytes(path, MAX_FILE_BYTES))]),
  );
}

function stemOf(path: string): string {
  return basename(path).replace(EXTENSION, '');
}

/** The part that the name of a file indicates, or otherwise the folder that is closest to it. */
function partOfPath(name: string): DatasetPart | undefined {
  return [stemOf(name), ...name.split('/').slice(0, -1).reverse()]
    .map(partMentioned)
    .find((part) => part !== undefined);
}

/** @throws {InklingError} when files are in several folders that are not named after parts */
function checkOneDataset(files: readonly { readonly name: string }[], path: string): void {
  const folders = new Set(
    files.map(({ name }) =>
      partMentioned(basename(dirname(name))) === undefined ? dirname(name) : dirname(dirname(name)),
    ),
  );
  if (folders.size < 2) return;
  throw new InklingError(
    `${path}: contains the Parquet tables of several data sets, in ${listFirst([...folders], MAX_LISTED)}; pass the folder of one`,
  );
}
