import type { ImageSet } from './dataset.js';

/**
 * Selects images of a set, in the order of their indices; the result is a view if the indices are consecutive.
 *
 * @param imageBytes the size of one image
 */
export function pickImages({ images, labels }: ImageSet, indices: Uint32Array, imageBytes: number): ImageSet {
  const first = indices.at(0) ?? 0;
  const areConsecutive = indices.every((index, position) => index === first + position);
  if (areConsecutive) {
    const end = first + indices.length;
    return {
      images: images.subarray(first * imageBytes, end * imageBytes),
      labels: labels.subarray(first, end),
    };
  }
  const picked = new Uint8Array(indices.length * imageBytes);
  indices.forEach((index, position) => {
    picked.set(images.subarray(index * imageBytes, (index + 1) * imageBytes), position * imageBytes);
  });
  return { images: picked, labels: Uint8Array.from(indices, (index) => labels[index]) };
}
