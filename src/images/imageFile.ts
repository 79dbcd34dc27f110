import { InklingError } from '../core/errors.js';
import { readRange } from '../platform/files.js';
import { measureImage } from './decode.js';
import type { Size } from './decodedImage.js';
import { checkFileSize } from './limits.js';

/** Nearly every image's header ends within this many bytes. */
const HEADER_BYTES = 65_536;

/** An image file on disk, alone or inside an archive. */
export interface ImageFile {
  readonly path: string;
  /** Where the image begins in the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** @throws {InklingError} when the file is empty, too large or cannot be read */
export function readImageFile({ path, offset, bytes }: ImageFile): Uint8Array<ArrayBuffer> {
  checkFileSize(bytes);
  return readRange(path, offset, bytes);
}

/**
 * Reads the size of an image. Of a large file, only the beginning is read if that suffices.
 *
 * @throws {InklingError} when the file is too large, not an image, or cannot be read
 */
export async function measureImageFile(file: ImageFile): Promise<Size> {
  if (file.bytes <= HEADER_BYTES) return measureImage(readImageFile(file));
  try {
    return await measureImage(readImageFile({ ...file, bytes: HEADER_BYTES }));
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return measureImage(readImageFile(file));
  }
}
