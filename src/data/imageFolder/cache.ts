import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { checkRecord, encodeRecord } from '../../core/record.js';
import { sizeOf } from '../../core/shape.js';
import { fileBytes, kindOf, readBytes, writeSynced } from '../../platform/files.js';
import { DECODER_VERSION } from '../../images/decoderVersion.js';
import { makeFolder, renameFolder } from '../../platform/folders.js';
import { tryWriting } from '../../platform/optionalWrites.js';
import { claimTemporary } from '../../platform/temporaries.js';
import { markAsUsed, removeOldEntries } from '../cacheEntries.js';
import { chunksOf } from '../imageSet.js';
import { MAX_MEMORY_BYTES } from '../memoryLimit.js';
import { IMAGES } from './collectedFile.js';
import { type CollectedFiles, type DecodedFiles, decodedIndexSchema } from './decodedFiles.js';
import { ImageFile } from './imageFile.js';

/** The version of the cache's format. */
const FORMAT = 4;
const INDEX = 'index.json';
const MAX_INDEX_BYTES = 2 ** 28;

/** The key of decoded files, which changes whenever a file, the requested shape or a decoder changes. */
export function cacheKey(request: readonly string[], files: Iterable<string>): string {
  const hash = createHash('sha256').update(`${FORMAT} ${DECODER_VERSION}`);
  const add = (part: string) => hash.update(`\0${part.length} ${part}`);
  request.forEach(add);
  for (const part of files) add(part);
  return hash.digest('hex').slice(0, 32);
}

/** Reads decoded files from the cache; undefined if there are none with this key, or they are damaged. */
export function readCache(folder: string, key: string): DecodedFiles | undefined {
  const path = join(folder, key);
  if (kindOf(join(path, INDEX)) !== 'file') return undefined;
  try {
    const text = new TextDecoder().decode(readBytes(join(path, INDEX), MAX_INDEX_BYTES));
    const index = decodedIndexSchema.parse(checkRecord(JSON.parse(text), INDEX));
    const images = readImages(join(path, IMAGES), sizeOf(index.shape), index.files.length);
    if (images === undefined) return undefined;
    if (hashOfImages(images, sizeOf(index.shape), index.files.length) !== index.sha256) {
      if (images instanceof ImageFile) images.close();
      return undefined;
    }
    markAsUsed(path);
    return { ...index, images, hasMachineFailures: false, hasSlowFiles: false };
  } catch (error) {
    if (error instanceof InklingError || error instanceof z.ZodError || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** The images of a file, which are not read if they are too large for memory; undefined if it does not have the expected size. */
function readImages(path: string, imageBytes: number, count: number): Uint8Array | ImageFile | undefined {
  const bytes = count * imageBytes;
  if (fileBytes(path) !== bytes) return undefined;
  return bytes <= MAX_MEMORY_BYTES ? readBytes(path, bytes) : ImageFile.open(path, imageBytes, count);
}

/**
 * Writes decoded files to the cache, and removes the least recently used entries. If that fails, for instance because the disk
 * is full, nothing of them remains. Files that the machine failed to decode, or that took too long, are not cached, so that
 * they are retried.
 *
 * @returns why it failed, or undefined if it did not, and the files
 * @throws {InklingError} when images that are not in memory cannot be opened
 */
export function writeCache(
  folder: string,
  key: string,
  files: CollectedFiles,
): { readonly problem: string | undefined; readonly decoded: DecodedFiles } {
  const { images, hasMachineFailures, hasSlowFiles, ...index } = files;
  if (hasMachineFailures || hasSlowFiles) return { problem: undefined, decoded: withoutCache(files) };
  const path = join(folder, key);
  const problem = tryWriting(path, () => {
    writeEntry(folder, path, images, index);
  });
  if (problem !== undefined) return { problem, decoded: withoutCache(files) };
  removeOldEntries(folder);
  if (images instanceof Uint8Array) return { problem, decoded: { ...files, images } };
  const cached = readImages(join(path, IMAGES), sizeOf(files.shape), files.files.length);
  if (cached !== undefined) return { problem, decoded: { ...files, images: cached } };
  throw new InklingError(`cannot read ${path}: another program has changed it; try again`);
}

/** Decoded files that are not cached. */
export function withoutCache({ images, ...files }: CollectedFiles): DecodedFiles {
  if (images instanceof Uint8Array) return { ...files, images };
  return { ...files, images: images.open(sizeOf(files.shape), files.files.length) };
}

/** Writes an entry under a temporary name first, so that it is complete or does not exist. */
function writeEntry(folder: string, path: string, images: CollectedFiles['images'], index: object): void {
  const record = encodeRecord(index);
  if (record.length > MAX_INDEX_BYTES) throw new InklingError('the list of its files is too long');
  makeFolder(folder);
  if (!(images instanceof Uint8Array)) {
    writeSynced(join(images.folder, INDEX), record);
    images.moveTo(path);
    return;
  }
  const temporary = claimTemporary(folder);
  try {
    makeFolder(temporary.path);
    writeSynced(join(temporary.path, IMAGES), images);
    writeSynced(join(temporary.path, INDEX), record);
    renameFolder(temporary.path, path);
  } finally {
    temporary.release();
  }
}

/** SHA-256, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hashOfImages(images: Uint8Array | ImageFile, imageBytes: number, count: number): string {
  const hash = createHash('sha256');
  for (const pixels of chunksOf(images, imageBytes, count)) hash.update(pixels);
  return hash.digest('hex');
}
