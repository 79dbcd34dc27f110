import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { toBytes } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import { validate } from '../core/validate.js';
import type { Dataset } from '../data/dataset.js';
import { copyImage } from '../data/imageSet.js';
import { type Augmentation, augmentationSchema } from '../plan/augmentation.js';
import { assertAugmentable } from '../plan/assertAugmentable.js';
import { Augmenter } from './batches/augmenter.js';
import { startStreams } from './state/streams.js';

/** The training images to augment, and the number of draws. */
export interface PreviewOptions {
  /** What it omits does not change. */
  readonly augmentation: Partial<Augmentation>;
  /** Indices of training images; mixup and cutmix mix these images. */
  readonly images: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

const OPTIONS: OptionKinds<PreviewOptions> = {
  augmentation: kinds.object,
  images: {
    what: 'an array of indices of training images',
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(kinds.index.accepts),
  },
  draws: kinds.count,
  seed: kinds.index,
};

const EXAMPLE = '{ augmentation: { rotate: 10 }, images: [0, 1], draws: 4, seed: 0 }';

/**
 * Augments training images as training does, with the same operation.
 *
 * @returns for each image its augmented versions, `[height, width, channels]`, from 0 to 255
 * @throws {InklingError} when the augmentation is invalid, or could remove whole images of this size
 */
export async function previewAugmentation(
  dataset: Dataset,
  options: PreviewOptions,
): Promise<Uint8Array[][]> {
  checkArguments('previewAugmentation', { dataset });
  checkOptions('previewAugmentation', options, OPTIONS, EXAMPLE);
  const { augmentation: changes, images, draws, seed } = options;
  checkValues('previewAugmentation', { augmentation: changes, images, draws, seed }, OPTIONS);
  const { shape, train } = dataset;
  const augmentation = validate(augmentationSchema, changes, 'augmentation');
  assertAugmentable(augmentation, shape);
  const batchSize = images.length;
  const augmenter = await Augmenter.start({ shape, augmentation, batchSize, threads: 1 });
  try {
    const bytes = sizeOf(shape);
    const pixels = new Uint8Array(images.length * bytes);
    images.forEach((image, index) => {
      copyImage(train.images, bytes, image, pixels, index);
    });
    const drawn: Uint8Array[][] = images.map(() => []);
    const { augment } = startStreams(seed);
    for (let draw = 0; draw < draws; draw++) {
      const values = await augmenter.augment(pixels, augment.uint32());
      drawn.forEach((copies, index) => {
        copies.push(toBytes(values.subarray(index * bytes, (index + 1) * bytes)));
      });
    }
    return drawn;
  } finally {
    await augmenter.close();
  }
}
