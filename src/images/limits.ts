import { InklingError } from '../core/errors.js';
import type { Size } from './picture.js';

/** Larger files are refused unread. */
export const PICTURE_LIMIT_BYTES = 20_000_000;
/** Larger pictures are refused before memory is taken for them. */
const LIMIT_PIXELS = 25_000_000;
/** A picture within the limits takes a second or two to read; one that was made to take long is given up. */
export const PICTURE_TIME_LIMIT_MS = 10_000;

/** @throws {InklingError} when a file is empty, or too large for a picture */
export function checkBytes(bytes: number): void {
  if (bytes === 0) throw new InklingError('the file is empty; expected a picture');
  if (bytes <= PICTURE_LIMIT_BYTES) return;
  throw new InklingError(
    `the file has ${bytes} bytes, expected at most ${PICTURE_LIMIT_BYTES}; save a smaller one`,
  );
}

/** @throws {InklingError} when a picture has too many pixels, or none */
export function checkSize({ width, height }: Size): void {
  if (width * height <= LIMIT_PIXELS && width >= 1 && height >= 1) return;
  throw new InklingError(
    `the picture has ${width} × ${height} pixels, expected 1 to ${LIMIT_PIXELS}; make it smaller`,
  );
}
