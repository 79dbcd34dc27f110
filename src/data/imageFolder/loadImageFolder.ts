import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileBytes, kindOf } from '../../platform/files.js';
import { claimTemporary } from '../../platform/temporaries.js';
import type { Dataset } from '../dataset.js';
import { gunzipFile } from '../files/gunzip.js';
import { type FolderListing, listFolder, type Listing } from '../files/listing.js';
import { listTarFile, TarStream } from '../files/tarReaders.js';
import { diskLimit } from '../files/unpackLimit.js';
import { decodedDataset, decodeOrReadCache, type ImageFolderOptions } from './decodedDataset.js';
import { decodeFiles } from './decodeFiles.js';
import { readLayout } from './layout.js';

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
  const key = listed === undefined ? [stampOf(path)] : { [Symbol.iterator]: () => stampsIn(listed) };
  const decoded = await decodeOrReadCache(path, key, options, (scratchFolder) => {
    const decode = async (listing: Listing) =>
      decodeFiles(readLayout(listing, path), options.target, path, scratchFolder, options);
    return listed === undefined ? withTar(path, scratchFolder, options.signal, decode) : decode(listed);
  });
  const name = isArchive ? basename(path).replace(TAR_EXTENSION, '') : basename(path);
  return decodedDataset({ path, name }, decoded, options);
}

/** All names and stamps, one after the other, as there may be millions. */
function* stampsIn({ files, folders }: FolderListing): Generator<string> {
  for (const { name, stamp } of files) {
    yield name;
    yield stamp;
  }
  yield* folders;
}

function stampOf(path: string): string {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

/**
 * Runs a task with the listing of a tar archive. A gzip file is unpacked into a folder during the task, since images are read by
 * several threads in any order. It is listed while it is unpacked, so that little is written of a file that is no archive.
 */
async function withTar<T>(
  path: string,
  folder: string,
  signal: AbortSignal | undefined,
  task: (listing: Listing) => Promise<T>,
): Promise<T> {
  if (/\.tar$/i.test(path)) return task(await listTarFile({ path, who: path }, signal));
  const unpacked = claimTemporary(folder);
  const stream = new TarStream({ path: unpacked.path, who: path });
  const inspect = (chunk: Uint8Array) => {
    stream.push(chunk);
  };
  try {
    const limit = diskLimit(fileBytes(path), folder);
    await gunzipFile(path, unpacked.path, { limit, inspect, signal });
    return await task(stream.finish());
  } finally {
    unpacked.release();
  }
}
