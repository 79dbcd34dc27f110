import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { Shape } from '../../core/shape.js';
import type { Size } from '../../images/decodedImage.js';

/** Images that all have the same size keep it if neither side is longer than this, in pixels. */
const MAX_COMMON_SIDE = 128;
/** Otherwise they are resized to squares with at most this side. */
const MAX_CHOSEN_SIDE = 64;
/** The total size of a data set's images, which share the engine's memory with the network. */
const MAX_TOTAL_BYTES = 2_000_000_000;

/**
 * Chooses the size to which images are resized by default: their own if all are equal and small, or otherwise a square whose
 * side is the median of their shorter sides, but at most 64 pixels.
 *
 * @param sizes of all images, at least one
 */
export function chooseSize(sizes: readonly Size[]): Size {
  const [{ width, height }] = sizes;
  const areEqual = sizes.every((size) => size.width === width && size.height === height);
  if (areEqual && Math.max(width, height) <= MAX_COMMON_SIDE) return { width, height };
  const shorter = sizes.map((size) => Math.min(size.width, size.height)).sort((a, b) => a - b);
  const side = Math.min(shorter[Math.floor(shorter.length / 2)], MAX_CHOSEN_SIDE);
  return { width: side, height: side };
}

/** @throws {InklingError} when images of this shape would not fit into memory */
export function checkMemory(images: number, [height, width, channels]: Shape, location: string): void {
  const bytes = images * height * width * channels;
  if (bytes <= MAX_TOTAL_BYTES) return;
  const side = Math.floor(Math.sqrt(MAX_TOTAL_BYTES / (images * channels)));
  throw new InklingError(
    `${location}: ${formatCount(images)} images of ${height}×${width}×${channels} take ${(bytes / 1e9).toFixed(1)} GB, expected at most ${MAX_TOTAL_BYTES / 1e9} GB; make them smaller with --image-size ${side}`,
  );
}
