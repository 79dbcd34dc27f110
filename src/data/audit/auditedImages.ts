import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../dataset.js';
import { pixelsOf } from '../imageSet.js';
import type { DatasetPart } from '../parts.js';
import { splitOf } from '../split.js';

/** The maximum number of images listed individually, of each kind of finding. */
export const MAX_EXAMPLES = 5;

/** An image of a data set. */
export interface ImageLocation {
  readonly part: DatasetPart;
  /** The image's file name, or else its index among the training images (including validation) or the test images. */
  readonly name: string;
  readonly label: number;
}

/** An image whose pixels are read when they are needed, because not all may fit into memory. */
export interface AuditedImage {
  readonly image: ImageLocation;
  /** `[height, width, channels]`, from 0 to 255 */
  readonly pixels: () => Uint8Array;
}

/** All images of a data set in the order training, validation, test. */
export function* imagesOf(dataset: Dataset, splitSeed: number): Generator<AuditedImage> {
  const { train, test, shape, imageFiles } = dataset;
  const size = sizeOf(shape);
  const split = splitOf(dataset, splitSeed);
  const parts = [
    { part: 'train', set: train, indices: split.train, files: imageFiles?.files.train },
    { part: 'validation', set: train, indices: split.validation, files: imageFiles?.files.train },
    { part: 'test', set: test, indices: test.labels.keys(), files: imageFiles?.files.test },
  ] as const;
  for (const { part, set, indices, files } of parts) {
    for (const index of indices) {
      const image = { part, name: files?.[index] ?? String(index), label: set.labels[index] };
      yield { image, pixels: () => pixelsOf(set.images, size, index) };
    }
  }
}

/** Images of a data set that should be checked. */
export interface FlaggedImages {
  readonly images: number;
  /** The first of them. */
  readonly examples: readonly ImageLocation[];
}

export function flag(images: readonly ImageLocation[]): FlaggedImages {
  return { images: images.length, examples: images.slice(0, MAX_EXAMPLES) };
}
