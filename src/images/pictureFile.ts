import { InklingError } from '../core/errors.js';
import { readRange } from '../platform/files.js';
import { measurePicture } from './decode.js';
import { checkBytes } from './limits.js';
import type { Size } from './picture.js';

/** Where the header of a picture ends, nearly always. */
const HEAD_BYTES = 65_536;

/** A picture on the disk: a file, or a part of one. */
export interface PictureFile {
  readonly path: string;
  /** Where it begins in the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** @throws {InklingError} when it is too large, or cannot be read */
export function readPicture({ path, offset, bytes }: PictureFile): Uint8Array<ArrayBuffer> {
  checkBytes(bytes);
  return readRange(path, offset, bytes);
}

/**
 * How large a picture is. Of a large file, no more is read than that takes.
 *
 * @throws {InklingError} when it is too large, no picture, or cannot be read
 */
export async function measureFile(file: PictureFile): Promise<Size> {
  if (file.bytes <= HEAD_BYTES) return measurePicture(readPicture(file));
  try {
    return await measurePicture(readPicture({ ...file, bytes: HEAD_BYTES }));
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return measurePicture(readPicture(file));
  }
}
