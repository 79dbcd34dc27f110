import { InklingError, messageOf } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { formatShape, sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { chunkSize, pixelsOf } from '../data/imageSet.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import { noise } from './noise.js';

const RANDOM_IMAGES = 1000;
/** Takes about a minute: a few hundred images of 224×224 pixels for networks for photos, and thousands of small ones for small networks. */
const MAX_MULTIPLY_ADDS = 100e9;
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
 * A data set's test images, or random images if it cannot be loaded or has images of a different shape. The larger the network, the
 * fewer images.
 *
 * @param isRequired whether to fail when the data set cannot be loaded
 * @throws what `load` throws, if the data set is required
 */
export async function checkImages(
  model: Model,
  load: () => Promise<Dataset>,
  isRequired: boolean,
): Promise<CheckImages> {
  const { input } = model;
  const most = Math.max(1, Math.floor(MAX_MULTIPLY_ADDS / resolveModel(model).multiplyAdds));
  const random = (reason: string): CheckImages => {
    const count = Math.min(RANDOM_IMAGES, most);
    return {
      images: noise(input, count),
      description: `${formatCount(count)} random images (${reason})`,
    };
  };
  try {
    const { name, shape, test } = await load();
    const [expected, actual] = [input, shape].map(formatShape);
    if (actual !== expected) return random(`${name} has images of ${actual}, not ${expected}`);
    const available = test.labels.length;
    const isStored = !(test.images instanceof Uint8Array);
    const count = Math.min(
      available,
      most,
      isStored ? chunkSize(sizeOf(shape), MAX_STORED_IMAGES) : Infinity,
    );
    return {
      images: pixelsOf(test.images, sizeOf(shape), 0, count),
      description: `the ${count < available ? `first ${formatCount(count)} ` : ''}test images of ${name}`,
    };
  } catch (error) {
    if (error instanceof InklingError && !isRequired) return random(messageOf(error));
    throw error;
  }
}
