import { toUnitFloats } from '../../core/pixels.js';
import { sizeOf } from '../../core/shape.js';
import { chunkSize, pixelsOf } from '../../data/imageSet.js';
import { Augmenter } from '../batches/augmenter.js';
import type { Config } from '../config.js';
import { startStreams } from '../state/streams.js';
import type { TrainingTask } from '../task.js';

/** The most images at a time. */
const MAX_CHUNK = 64;

/** The number of augmented views of each training image that epochs use in turn; a view does not depend on their number. */
export function viewsOf({ augment, augmentedViews, epochs }: Config): number {
  return augment === undefined ? 1 : Math.min(augmentedViews, epochs);
}

/**
 * All training images, one view after another, in parts: as they are without augmentation. Images for validation are never augmented. The
 * seeds of a view follow from the training's and do not depend on the number of threads.
 *
 * @returns `[images, height, width, channels]`: bytes, or floats from 0 to 1
 */
export async function* imageViews(task: TrainingTask): AsyncGenerator<Uint8Array | Float32Array> {
  const { dataset, config, split, threads } = task;
  const bytes = sizeOf(dataset.shape);
  const batchSize = chunkSize(bytes, MAX_CHUNK);
  if (config.augment === undefined) {
    for (const { pixels } of parts(task, bytes, batchSize)) yield pixels;
    return;
  }
  const { shape } = dataset;
  const augmenter = await Augmenter.start({ shape, augmentation: config.augment, batchSize, threads });
  try {
    const { augment: seeds } = startStreams(config.seed);
    const validation = new Set(split.validation);
    for (let view = 0; view < viewsOf(config); view++) {
      for (const { first, pixels } of parts(task, bytes, batchSize)) {
        const augmented = await augmenter.augment(pixels, seeds.uint32());
        for (let at = 0; at < pixels.length; at += bytes) {
          if (validation.has(first + at / bytes))
            augmented.set(toUnitFloats(pixels.subarray(at, at + bytes)), at);
        }
        yield augmented;
      }
    }
  } finally {
    await augmenter.close();
  }
}

/** The training images in consecutive parts, with the index of the first image of each. */
function* parts({ dataset: { train } }: TrainingTask, bytes: number, most: number) {
  const { length } = train.labels;
  for (let first = 0; first < length; first += most) {
    yield { first, pixels: pixelsOf(train.images, bytes, first, Math.min(most, length - first)) };
  }
}
