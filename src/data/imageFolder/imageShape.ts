import { option } from '../../core/optionName.js';
import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { formatShape, type Shape, sizeOf } from '../../core/shape.js';
import type { Size } from '../../images/decodedImage.js';
import { roomIn } from '../files/unpackLimit.js';
import { MAX_MEMORY_BYTES } from '../memoryLimit.js';

/** Images that all have the same size keep it if neither side is longer than this, in pixels. */
const MAX_COMMON_SIDE = 128;
/** Otherwise they are resized to squares with at most this side. */
const MAX_CHOSEN_SIDE = 64;
/** The maximum size of an image: batches of images share the engine's memory with the network. */
const MAX_IMAGE_BYTES = 50_000_000;

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

/**
 * Checks that there is room for a data set's images, in memory or, if they are too large for that, on a disk.
 *
 * @param folder where they are written
 * @throws {InklingError} when there is not
 */
export function checkRoom(images: number, shape: Shape, location: string, folder: string): void {
  const [imageBytes, channels] = [sizeOf(shape), shape[2]];
  const sideFor = (bytes: number) => Math.floor(Math.sqrt(bytes / channels));
  if (imageBytes > MAX_IMAGE_BYTES) {
    throw new InklingError(
      `${location}: an image of ${formatShape(shape)} takes ${megabytes(imageBytes)}, expected at most ${megabytes(MAX_IMAGE_BYTES)}; make images smaller with ${option('imageSize')} ${sideFor(MAX_IMAGE_BYTES)}`,
    );
  }
  if (images * imageBytes <= MAX_MEMORY_BYTES) return;
  const free = roomIn(folder);
  if (images * imageBytes <= free) return;
  throw new InklingError(
    `${location}: ${formatCount(images)} images of ${formatShape(shape)} take ${megabytes(images * imageBytes)}, for which ${folder} has no space; free some, or make them smaller with ${option('imageSize')} ${sideFor(Math.max(free, MAX_MEMORY_BYTES) / images)}`,
  );
}

function megabytes(bytes: number): string {
  return `${formatCount(Math.ceil(bytes / 1e6))} MB`;
}
