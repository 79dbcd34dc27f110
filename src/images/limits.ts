import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import type { Size } from './decodedImage.js';

/** Larger files are rejected without reading them. */
export const MAX_IMAGE_FILE_BYTES = 20_000_000;
/** Larger images are rejected before memory is allocated for them. */
export const MAX_PIXELS = 25_000_000;
/** Decoding an image within the limits takes a second or two; one crafted to take longer is abandoned. */
export const MAX_DECODE_MS = 10_000;

/** @throws {InklingError} when a file is empty or too large */
export function checkFileSize(bytes: number): void {
  if (bytes === 0) throw new InklingError('the file is empty; expected an image');
  if (bytes <= MAX_IMAGE_FILE_BYTES) return;
  throw new InklingError(
    `the file has ${formatCount(bytes)} bytes, expected at most ${formatCount(MAX_IMAGE_FILE_BYTES)}; save a smaller one`,
  );
}

/** @throws {InklingError} when an image has no pixels or too many */
export function checkImageSize({ width, height }: Size): void {
  if (width * height <= MAX_PIXELS && width >= 1 && height >= 1) return;
  throw new InklingError(
    `the image has ${width} × ${height} pixels, expected 1 to ${formatCount(MAX_PIXELS)} in total; resize it`,
  );
}
