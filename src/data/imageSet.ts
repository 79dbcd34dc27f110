import type { ImageSet } from './dataset.js';

/**
 * Some images of a set, in the order of their indices; a view of the set where they stand in a row.
 *
 * @param imageBytes of one image
 */
export function pickImages({ images, labels }: ImageSet, indices: Uint32Array, imageBytes: number): ImageSet {
  const first = indices.at(0) ?? 0;
  const isRun = indices.every((index, place) => index === first + place);
  if (isRun) {
    const end = first + indices.length;
    return {
      images: images.subarray(first * imageBytes, end * imageBytes),
      labels: labels.subarray(first, end),
    };
  }
  const picked = new Uint8Array(indices.length * imageBytes);
  indices.forEach((index, place) => {
    picked.set(images.subarray(index * imageBytes, (index + 1) * imageBytes), place * imageBytes);
  });
  return { images: picked, labels: Uint8Array.from(indices, (index) => labels[index]) };
}
