import { sizeOf } from '../../core/shape.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { copyImage } from '../../data/imageSet.js';

/** What batches consist of: the bytes or the features of images, which are identified by index. */
export interface BatchItems {
  /** The items of one batch, to be copied into the engine's memory at once. */
  readonly batch: Uint8Array | Float32Array;
  /** Copies what belongs to an image to a position in the batch. */
  copy(image: number, position: number): void;
}

/** The bytes of a data set's images: training images from 0, followed by the test images. */
export function imageItems(dataset: Dataset, batchSize: number): BatchItems {
  const bytes = sizeOf(dataset.shape);
  const batch = new Uint8Array(batchSize * bytes);
  return {
    batch,
    copy(image, position) {
      const [{ images }, index] = locateImage(dataset, image);
      copyImage(images, bytes, index, batch, position);
    },
  };
}

/**
 * The features of training images.
 *
 * @param features `[images, size]`
 * @param size the number of features of an image
 */
export function featureItems(features: Float32Array, size: number, batchSize: number): BatchItems {
  const batch = new Float32Array(batchSize * size);
  return {
    batch,
    copy(image, position) {
      if ((image + 1) * size > features.length) throw new Error(`expected a training image, got ${image}`);
      batch.set(features.subarray(image * size, (image + 1) * size), position * size);
    },
  };
}

/** The set that an image belongs to, and its index there. */
export function locateImage(
  { train, test }: Dataset,
  image: number,
): readonly [set: ImageSet, index: number] {
  const { length } = train.labels;
  return image < length ? [train, image] : [test, image - length];
}
