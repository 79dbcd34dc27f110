import { toBytes } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { copyImage } from '../data/imageSet.js';
import { Team } from '../engine/team.js';
import { Arena } from '../plan/arena.js';
import type { Augmentation } from '../plan/augmentation.js';
import { assertAugmentable } from '../plan/assertAugmentable.js';
import { INERT_STEP } from '../plan/steps.js';
import { augmentationPlan } from './plans/trainingPlans.js';
import { allocateSource } from './batches/source.js';
import { startStreams } from './state/streams.js';

/** The training images to augment, and the number of draws. */
export interface PreviewOptions {
  readonly augmentation: Augmentation;
  /** Indices of training images; mixup and cutmix mix these images. */
  readonly images: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

/**
 * Augments training images as training does, with the same operation.
 *
 * @returns for each image its augmented versions, `[height, width, channels]`, from 0 to 255
 * @throws {InklingError} when the augmentation could remove whole images of this size
 */
export async function previewAugmentation(
  { shape, train }: Dataset,
  { augmentation, images, draws, seed }: PreviewOptions,
): Promise<Uint8Array[][]> {
  assertAugmentable(augmentation, shape);
  const arena = new Arena();
  const source = allocateSource(arena, shape, images.length);
  const { plan, pixels } = augmentationPlan(arena, source, shape, augmentation);
  const team = await Team.start(1, arena.bytes);
  try {
    const bytes = sizeOf(shape);
    images.forEach((image, index) => {
      copyImage(train.images, bytes, image, team.tensors.bytes(source.items), index);
    });
    const drawn: Uint8Array[][] = images.map(() => []);
    const { augment } = startStreams(seed);
    for (let draw = 0; draw < draws; draw++) {
      const step = { ...INERT_STEP, augmentSeed: augment.uint32(), first: 0, count: images.length };
      await team.run(plan, [step]);
      const values = team.tensors.floats(pixels);
      drawn.forEach((copies, index) => {
        copies.push(toBytes(values.subarray(index * bytes, (index + 1) * bytes)));
      });
    }
    return drawn;
  } finally {
    await team.close();
  }
}
