import { toBytes } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { Team } from '../engine/team.js';
import { Arena } from '../plan/arena.js';
import { assertAugmentable, type Augmentation } from '../plan/augmentation.js';
import { INERT_STEP } from '../plan/steps.js';
import { augmentationPlan } from './plans.js';
import { allocateSource } from './source.js';
import { startStreams } from './streams.js';

/** Which training images are shown, and how often each. */
export interface PreviewOptions {
  readonly augmentation: Augmentation;
  /** Places among the training images, the batch whose images mixup and cutmix mix. */
  readonly images: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

/**
 * Training images as training would see them, changed by the same operation.
 *
 * @returns each image's draws, each `[height, width, channels]`, from 0 to 255
 * @throws {InklingError} when the augmentation loses images of this size
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
    images.forEach((image, place) => {
      const original = train.images.subarray(image * bytes, (image + 1) * bytes);
      team.tensors.bytes(source.images).set(original, place * bytes);
    });
    team.tensors.ints(source.order).set(images.map((_, place) => place));
    const drawn: Uint8Array[][] = images.map(() => []);
    const { augment } = startStreams(seed);
    for (let draw = 0; draw < draws; draw++) {
      const step = { ...INERT_STEP, augmentSeed: augment.uint32(), first: 0, count: images.length };
      await team.run(plan, [step]);
      const values = team.tensors.floats(pixels);
      drawn.forEach((copies, place) => {
        copies.push(toBytes(values.subarray(place * bytes, (place + 1) * bytes)));
      });
    }
    return drawn;
  } finally {
    await team.close();
  }
}
