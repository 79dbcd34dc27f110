import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { Shape } from '../../core/shape.js';
import type { Size } from '../../images/decodedImage.js';

/** Pictures that all have one size keep it up to this side, in pixels. */
const LARGEST_OWN_SIDE = 128;
/** Others become squares with at most this side. */
const LARGEST_CHOSEN_SIDE = 64;
/** All images of a data set, in bytes; the engine's memory holds them and the network. */
const MOST_BYTES = 2_000_000_000;

/**
 * What size images get that nobody chose one for: their own where all have the same and it is small, else that of a square
 * whose side is the median of their shorter sides, or 64 pixels where that is larger.
 *
 * @param sizes of all pictures, at least one
 */
export function chooseSize(sizes: readonly Size[]): Size {
  const [{ width, height }] = sizes;
  const isOne = sizes.every((size) => size.width === width && size.height === height);
  if (isOne && Math.max(width, height) <= LARGEST_OWN_SIDE) return { width, height };
  const shorter = sizes.map((size) => Math.min(size.width, size.height)).sort((a, b) => a - b);
  const side = Math.min(shorter[Math.floor(shorter.length / 2)], LARGEST_CHOSEN_SIDE);
  return { width: side, height: side };
}

/** @throws {InklingError} when images of this shape would not fit into memory */
export function checkMemory(images: number, [height, width, channels]: Shape, location: string): void {
  const bytes = images * height * width * channels;
  if (bytes <= MOST_BYTES) return;
  const side = Math.floor(Math.sqrt(MOST_BYTES / (images * channels)));
  throw new InklingError(
    `${location}: ${formatCount(images)} images of ${height}×${width}×${channels} take ${(bytes / 1e9).toFixed(1)} GB, expected at most ${MOST_BYTES / 1e9}; make them smaller: --image-size ${side}`,
  );
}
