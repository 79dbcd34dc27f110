import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InklingError, MachineError } from '../../core/errors.js';
import { kindOf } from '../../platform/files.js';
import { writingProblem } from '../../platform/optionalWrites.js';
import { claimTemporary } from '../../platform/temporaries.js';
import { type Dataset, withNotes } from '../dataset.js';
import type { DatasetUse } from '../holdOutTest.js';
import { gunzipFile } from '../files/gunzip.js';
import { listFolder, type Listing } from '../files/listing.js';
import { listTar } from '../files/tar.js';
import { cacheKey, readCache, writeCache } from './cache.js';
import type { DecodedFiles } from './decodedFiles.js';
import { decodeFiles, type DecodeOptions, type TargetShape } from './decodeFiles.js';
import { describeUnreadable, imageFolderDataset } from './imageFolderDataset.js';
import { readLayout } from './layout.js';

/** Archives that unpack to more bytes must be unpacked by the user. */
const MAX_UNPACKED_BYTES = 2 ** 34;

export const TAR_EXTENSION = /\.(tar|tar\.gz|tgz)$/i;

export interface ImageFolderOptions extends DecodeOptions {
  readonly target: TargetShape;
  /** The classes that define the labels, if a model already does. */
  readonly classes?: readonly string[] | undefined;
  readonly use: DatasetUse;
  /** Skips files that cannot be decoded, which are otherwise an error. */
  readonly skipUnreadable: boolean;
  /** Where decoded images are cached. */
  readonly cacheFolder: string;
}

/**
 * Loads an image folder, or a tar archive of one; see `readLayout` for its structure. Decoded images are cached and reused
 * until a file changes.
 *
 * @param path absolute
 * @throws {InklingError} when its structure is not that of a data set, or files cannot be decoded
 */
export async function loadImageFolder(path: string, options: ImageFolderOptions): Promise<Dataset> {
  const { decoded, cacheProblem } = await decodeOrReadCache(path, options);
  if (decoded.hasMachineFailures && !options.skipUnreadable) {
    throw new MachineError(
      `${path}: ${describeUnreadable(decoded.unreadable)}; try again, since the machine is the cause for at least one of them`,
    );
  }
  if (decoded.unreadable.length > 0 && !options.skipUnreadable) {
    throw new InklingError(
      `${path}: ${describeUnreadable(decoded.unreadable)}; repair or remove the files, or skip them with --skip-unreadable`,
    );
  }
  const isArchive = kindOf(path) === 'file';
  const dataset = imageFolderDataset(
    { path, name: isArchive ? basename(path).replace(TAR_EXTENSION, '') : basename(path) },
    decoded,
    options.use,
    options.classes,
  );
  if (cacheProblem === undefined) return dataset;
  const note = `not cached, so the images will be decoded again next time: ${cacheProblem}`;
  return withNotes(dataset, [note]);
}

interface Decoded {
  readonly decoded: DecodedFiles;
  /** Why the decoded images could not be cached. */
  readonly cacheProblem: string | undefined;
}

async function decodeOrReadCache(path: string, options: ImageFolderOptions): Promise<Decoded> {
  const folder = join(options.cacheFolder, 'image-folders');
  const { size, channels, inputKind = 'image' } = options.target;
  const target = JSON.stringify([size?.width, size?.height, channels, inputKind]);
  const listed = TAR_EXTENSION.test(path) ? undefined : listFolder(path);
  const key = cacheKey([
    path,
    target,
    ...(listed === undefined ? [stampOf(path)] : listed.files.flatMap(({ name, stamp }) => [name, stamp])),
    ...(listed?.folders ?? []),
  ]);
  const cached = readCache(folder, key);
  if (cached !== undefined) return { decoded: cached, cacheProblem: undefined };
  const problem = writingProblem(folder);
  const decode = async (listing: Listing) =>
    decodeFiles(readLayout(listing, path), options.target, path, options);
  const { cacheFolder, signal } = options;
  const unpackIn = problem === undefined ? cacheFolder : tmpdir();
  const decoded = listed === undefined ? await withTar(path, unpackIn, signal, decode) : await decode(listed);
  return { decoded, cacheProblem: problem ?? writeCache(folder, key, decoded) };
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
