import { sizeOf } from '../../core/shape.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { copyImage } from '../../data/imageSet.js';

/** What batches consist of: the bytes or the features of images, which are identified by index. */
export interface BatchItems {
  /** The items of one batch, to be copied into the engine's memory at once. */
  readonly batch: Uint8Array | Float32Array;
  /**
   * Copies what belongs to an image to a position in the batch.
   *
   * @param view where images have several views, counted from 0; after the last one follows the first
   */
  copy(image: number, position: number, view: number): void;
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
 * @param features `[views, images, size]`
 * @param size the number of features of an image
 * @param images their number
 */
export function featureItems(
  features: Float32Array,
  size: number,
  batchSize: number,
  images: number,
): BatchItems {
  const views = features.length / (images * size);
  const batch = new Float32Array(batchSize * size);
  return {
    batch,
    copy(image, position, view) {
      if (image >= images) throw new Error(`expected a training image, got ${image}`);
      const start = ((view % views) * images + image) * size;
      batch.set(features.subarray(start, start + size), position * size);
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
