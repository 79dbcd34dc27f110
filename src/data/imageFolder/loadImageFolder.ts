import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { kindOf } from '../../platform/files.js';
import { claimTemporary } from '../../platform/temporaries.js';
import type { Dataset } from '../dataset.js';
import { gunzipFile } from '../files/gunzip.js';
import { type FolderListing, listFolder, type Listing } from '../files/listing.js';
import { listTar } from '../files/tar.js';
import { decodedDataset, decodeOrReadCache, type ImageFolderOptions } from './decodedDataset.js';
import { decodeFiles } from './decodeFiles.js';
import { readLayout } from './layout.js';

/** Archives that unpack to more bytes must be unpacked by the user. */
const MAX_UNPACKED_BYTES = 2 ** 34;

export const TAR_EXTENSION = /\.(tar|tar\.gz|tgz)$/i;

/**
 * Loads an image folder, or a tar archive of one; see `readLayout` for its structure. Decoded images are cached and reused
 * until a file changes.
 *
 * @param path absolute
 * @param listing of the folder, if it is known
 * @throws {InklingError} when its structure is not that of a data set, or files cannot be decoded
 */
export async function loadImageFolder(
  path: string,
  options: ImageFolderOptions,
  listing?: FolderListing,
): Promise<Dataset> {
  const isArchive = kindOf(path) === 'file';
  const listed = isArchive ? undefined : (listing ?? listFolder(path));
  const key = [
    ...(listed === undefined ? [stampOf(path)] : listed.files.flatMap(({ name, stamp }) => [name, stamp])),
    ...(listed?.folders ?? []),
  ];
  const decoded = await decodeOrReadCache(path, key, options, (scratchFolder) => {
    const decode = async (listing: Listing) =>
      decodeFiles(readLayout(listing, path), options.target, path, options);
    return listed === undefined ? withTar(path, scratchFolder, options.signal, decode) : decode(listed);
  });
  const name = isArchive ? basename(path).replace(TAR_EXTENSION, '') : basename(path);
  return decodedDataset({ path, name }, decoded, options);
}

function stampOf(path: string): string {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

/** Runs a task with the listing of a tar archive; a gzip file is unpacked into a folder during the task. */
async function withTar<T>(
  path: string,
  folder: string,
  signal: AbortSignal | undefined,
  task: (listing: Listing) => Promise<T>,
): Promise<T> {
  if (/\.tar$/i.test(path)) return task(listTarFile(path, path));
  const unpacked = claimTemporary(folder);
  try {
    await gunzipFile(path, unpacked.path, MAX_UNPACKED_BYTES, signal);
    return await task(listTarFile(unpacked.path, path));
  } finally {
    unpacked.release();
  }
}

function listTarFile(file: string, who: string): Listing {
  const opened = openSync(file, 'r');
  try {
    return listTar({ path: file, who, bytes: statSync(file).size }, (offset, bytes) => {
      const range = new Uint8Array(bytes);
      return range.subarray(0, readSync(opened, range, 0, bytes, offset));
    });
  } finally {
    closeSync(opened);
  }
}
