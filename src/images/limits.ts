import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import type { Size } from './decodedImage.js';

/** Larger files are rejected without reading them. */
export const MAX_IMAGE_FILE_BYTES = 300_000_000;
/** Larger images are rejected before memory is allocated for them. The largest sensors of phones have 200 million pixels. */
export const MAX_PIXELS = 250_000_000;
/**
 * Images with more pixels are large: those that are decoded at the same time have at most `MAX_PIXELS` together, and each is shrunk as soon
 * as it is decoded.
 */
export const LARGE_PIXELS = 25_000_000;
/**
 * The time until a file that is decoded is abandoned on systems that do not report the processor time of threads: decoding an image within the
 * limits takes a few seconds. Elsewhere `maxDecodeTime` applies first, and this is for a decoder that waits forever.
 */
export const MAX_DECODE_MS = 20_000;

/** The size of an image that a browser scales down to at most `LARGE_PIXELS` if it is larger. */
export function shrunkSize({ width, height }: Size): Size {
  const scale = Math.min(1, Math.sqrt(LARGE_PIXELS / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

/** How many times as long as others a large image may take. */
export function timeoutFactor(pixels: number): number {
  return Math.max(1, Math.ceil(pixels / LARGE_PIXELS));
}

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
export function checkImageSize({ width, height }: Size, maxPixels = MAX_PIXELS): void {
  if (width * height <= maxPixels && width >= 1 && height >= 1) return;
  throw new InklingError(
    `the image has ${width} × ${height} pixels, expected 1 to ${formatCount(maxPixels)} in total; resize it`,
  );
}
