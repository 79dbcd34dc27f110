import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import type { Size } from './decodedImage.js';

/** Larger files are rejected without reading them. */
export const MAX_IMAGE_FILE_BYTES = 20_000_000;
/** Larger images are rejected before memory is allocated for them. */
export const MAX_PIXELS = 25_000_000;
/**
 * The time until a file that is decoded is abandoned on systems that do not report the processor time of threads: decoding an image within the
 * limits takes a few seconds. Elsewhere `maxDecodeTime` applies first, and this is for a decoder that waits forever.
 */
export const MAX_DECODE_MS = 20_000;

/** Processor time to decode and preprocess any image, and for each million of its pixels; AVIF needs 370 ms of these. */
const MAX_TIME_MS = 1000;
const MAX_TIME_MS_PER_MEGAPIXEL = 450;
/** The number of pixels, in millions, that is assumed when a header does not state it. */
const UNKNOWN_MEGAPIXELS = 2;

/**
 * Processor time in milliseconds after which a decoder is abandoned: several times of what it needs for an image of this number of pixels.
 */
export function maxDecodeTime(pixels: number | undefined): number {
  const megapixels = pixels === undefined ? UNKNOWN_MEGAPIXELS : Math.min(pixels, MAX_PIXELS) / 1e6;
  return Math.round(MAX_TIME_MS + MAX_TIME_MS_PER_MEGAPIXEL * megapixels);
}

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
