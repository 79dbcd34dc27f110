import { InklingError } from '../core/errors.js';

/** Larger files are refused unread. */
export const PICTURE_LIMIT_BYTES = 20_000_000;
/** Larger pictures are refused before memory is taken for them. */
const LIMIT_PIXELS = 25_000_000;

/** @throws {InklingError} when a picture has too many pixels, or none */
export function checkSize({ width, height }: { width: number; height: number }): void {
  if (width * height <= LIMIT_PIXELS && width >= 1 && height >= 1) return;
  throw new InklingError(
    `the picture has ${width} × ${height} pixels, expected 1 to ${LIMIT_PIXELS}; make it smaller`,
  );
}
