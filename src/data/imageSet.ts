import type { ImageSet, LoadedImageSet } from './dataset.js';
import { pickLabels } from './classes.js';
import { CHUNK_BYTES } from './memoryLimit.js';

/**
 * The pixels of consecutive images: a view of them if they are in memory, and otherwise a copy.
 *
 * @param imageBytes the size of one image
 */
export function pixelsOf(
  images: ImageSet['images'],
  imageBytes: number,
  first: number,
  count = 1,
): Uint8Array {
  if (images instanceof Uint8Array) return images.subarray(first * imageBytes, (first + count) * imageBytes);
  const pixels = new Uint8Array(count * imageBytes);
  for (let i = 0; i < count; i++) copyImage(images, imageBytes, first + i, pixels, i);
  return pixels;
}

/**
 * Copies an image.
 *
 * @param imageBytes the size of one image
 * @param target images of the same size, of which the one at `to` is replaced
 */
export function copyImage(
  images: ImageSet['images'],
  imageBytes: number,
  image: number,
  target: Uint8Array,
  to: number,
): void {
  if (images instanceof Uint8Array) target.set(pixelsOf(images, imageBytes, image), to * imageBytes);
  else images.read(image, target.subarray(to * imageBytes, (to + 1) * imageBytes));
}

/**
 * Selects images of a set, in the order of their indices; the result is a view if the indices are consecutive.
 *
 * @param imageBytes the size of one image
 */
export function pickImages({ images, labels }: ImageSet, indices: Uint32Array, imageBytes: number): ImageSet {
  const first = indices.at(0) ?? 0;
  const areConsecutive = indices.every((index, position) => index === first + position);
  const picked = areConsecutive
    ? labels.subarray(first, first + indices.length)
    : pickLabels(labels, indices);
  if (!(images instanceof Uint8Array)) return { images: images.pick(indices), labels: picked };
  if (areConsecutive) return { images: pixelsOf(images, imageBytes, first, indices.length), labels: picked };
  const selected = new Uint8Array(indices.length * imageBytes);
  indices.forEach((image, position) => {
    copyImage(images, imageBytes, image, selected, position);
  });
  return { images: selected, labels: picked };
}

/** The number of images that are in memory at a time, at least 1. */
export function chunkSize(imageBytes: number, maximum = Infinity): number {
  return Math.max(1, Math.min(maximum, Math.floor(CHUNK_BYTES / imageBytes)));
}

/** All images, in consecutive parts that are loaded one after the other; images in memory are not divided. */
export function* chunksOf(
  images: ImageSet['images'],
  imageBytes: number,
  count: number,
): Generator<Uint8Array> {
  const most = images instanceof Uint8Array ? count : chunkSize(imageBytes);
  for (let first = 0; first < count; first += most) {
    yield pixelsOf(images, imageBytes, first, Math.min(most, count - first));
  }
}

/** The same for a set. */
export function* loadedParts({ images, labels }: ImageSet, imageBytes: number): Generator<LoadedImageSet> {
  let first = 0;
  for (const part of chunksOf(images, imageBytes, labels.length)) {
    const end = first + part.length / imageBytes;
    yield { images: part, labels: labels.subarray(first, end) };
    first = end;
  }
}
