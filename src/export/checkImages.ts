import { InklingError, messageOf } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { formatShape, sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { chunkSize, pixelsOf } from '../data/imageSet.js';
import type { Model } from '../models/model.js';
import { noise } from './noise.js';

const RANDOM_IMAGES = 1000;
/** The maximum number of images of a data set that is not in memory. */
const MAX_STORED_IMAGES = 1000;

/** Images to check an exported model with. */
export interface CheckImages {
  /** `[count, height, width, channels]`, bytes */
  readonly images: Uint8Array;
  /** What the images are and, for random ones, why they are used. */
  readonly description: string;
}

/**
 * A data set's test images, or random images if it cannot be loaded or has images of a different shape.
 *
 * @param isRequired whether to fail when the data set cannot be loaded
 * @throws what `load` throws, if the data set is required
 */
export async function checkImages(
  { input }: Model,
  load: () => Promise<Dataset>,
  isRequired: boolean,
): Promise<CheckImages> {
  const random = (reason: string): CheckImages => ({
    images: noise(input, RANDOM_IMAGES),
    description: `${formatCount(RANDOM_IMAGES)} random images (${reason})`,
  });
  try {
    const { name, shape, test } = await load();
    const [expected, actual] = [input, shape].map(formatShape);
    if (actual !== expected) return random(`${name} has images of ${actual}, not ${expected}`);
    if (test.images instanceof Uint8Array) {
      return { images: test.images, description: `the test images of ${name}` };
    }
    const count = Math.min(test.images.count, chunkSize(sizeOf(shape), MAX_STORED_IMAGES));
    return {
      images: pixelsOf(test.images, sizeOf(shape), 0, count),
      description: `the first ${formatCount(count)} test images of ${name}`,
    };
  } catch (error) {
    if (error instanceof InklingError && !isRequired) return random(messageOf(error));
    throw error;
  }
}
