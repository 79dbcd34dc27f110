import type { Dataset, ImageSet, LoadedDataset, LoadedImageSet } from '#inkling/data/dataset.js';

/** A data set that is known to be in memory. */
export function loaded({ train, test, ...dataset }: Dataset): LoadedDataset {
  return { ...dataset, train: loadedSet(train), test: loadedSet(test) };
}

export function loadedSet({ images, labels }: ImageSet): LoadedImageSet {
  if (images instanceof Uint8Array) return { images, labels };
  throw new Error('expected images in memory');
}
