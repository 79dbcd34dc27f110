import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { InklingError, messageOf } from '../../core/errors.js';
import { readBytes } from '../../platform/files.js';
import { gunzip } from '../files/gunzip.js';
import { ratioLimit, UnpackLimitError } from '../files/unpackLimit.js';
import { unpackNpz } from './npz.js';
import { isGzip } from '../../core/files/downloaded.js';
import { isIdxImageFile } from '../idx/findIdx.js';
import { parseIdxImages } from '../idx/parseIdx.js';
import type { PartImages } from '../labeledDataset.js';
import type { LabeledImages } from '../labeledImages.js';
import { separateParts } from '../separateParts.js';
import { partMentioned } from '../partNames.js';
import { parseTable } from '../table/parseTable.js';
import { type NamedArray, pairArrays } from './arrayParts.js';
import { parseNpy } from './npy.js';

/** More than the size of a table of half a million 28×28 images. */
const MAX_FILE_BYTES = 2 ** 31;

const TABLE_EXTENSION = /\.(csv|tsv)(\.gz)?$/i;
const ARRAY_EXTENSION = /\.(npy|npz)$/i;

/** Whether a file contains images as numbers, by its name: a table, NumPy arrays, or IDX images. */
export function isArrayFile(path: string): boolean {
  return TABLE_EXTENSION.test(path) || ARRAY_EXTENSION.test(path) || isIdxImageFile(basename(path));
}

/** The name of a file of images without its extensions. */
export function arrayFileStem(path: string): string {
  return basename(path).replace(TABLE_EXTENSION, '').replace(ARRAY_EXTENSION, '');
}

/** Images from numeric files, by the parts that the names of files and arrays contain. */
export interface ArrayFiles {
  readonly parts: readonly PartImages[];
  /** SHA-256 of each file as stored, by its name. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * Reads images from tables and NumPy arrays.
 *
 * @param location the file or folder, for messages
 * @throws {InklingError} when one is malformed, or contains no images
 */
export function readArrayFiles(paths: readonly string[], location: string): ArrayFiles {
  const parts: PartImages[] = [];
  const arrays: NamedArray[] = [];
  const sha256: Record<string, string> = {};
  for (const path of paths) {
    const bytes = readBytes(path, MAX_FILE_BYTES);
    sha256[basename(path)] = createHash('sha256').update(bytes).digest('hex');
    if (ARRAY_EXTENSION.test(path)) arrays.push(...arraysIn(path, bytes));
    else {
      const read = isIdxImageFile(basename(path)) ? idxImagesOf : parseTable;
      const part = partMentioned(arrayFileStem(path)) ?? 'train';
      parts.push(...separateParts(read(unpack(path, bytes), path), path, part));
    }
  }
  if (arrays.length > 0) parts.push(...pairArrays(arrays, location));
  return { parts, sha256 };
}

function unpack(path: string, stored: Uint8Array): Uint8Array {
  if (!isGzip(stored)) return stored;
  try {
    return gunzip(stored, ratioLimit(stored.length, MAX_FILE_BYTES));
  } catch (error) {
    const advice = error instanceof UnpackLimitError ? '' : '; get a complete copy';
    throw new InklingError(`${path}: ${messageOf(error)}${advice}`, { cause: error });
  }
}

function idxImagesOf(bytes: Uint8Array, path: string): LabeledImages {
  const { pixels, height, width } = parseIdxImages(bytes, path);
  return {
    pixels,
    shape: [height, width, 1],
    labels: undefined,
    interpretation: `read as IDX images of ${height}×${width}`,
  };
}

/** The arrays in a .npy or .npz file; an unnamed one is named after the file. */
function arraysIn(path: string, bytes: Uint8Array): NamedArray[] {
  const stem = arrayFileStem(path);
  if (/\.npy$/i.test(path)) return [{ name: stem, ...parseNpy(bytes, path) }];
  return [...unpackNpz(bytes, path)].map(([entry, content]) => {
    const name = entry.replace(/\.npy$/, '');
    return {
      name: /^arr_\d+$/.test(name) ? `${stem} ${name}` : name,
      ...parseNpy(content, `${path}: ${entry}`),
    };
  });
}
