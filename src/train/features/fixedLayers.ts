import { sizeOf } from '../../core/shape.js';
import { countFixedLayers } from '../../models/fixedLayers.js';
import { BYTES_PER_ELEMENT } from '../../plan/tensor.js';
import type { TrainingTask } from '../task.js';
import { trainableOf } from './trainable.js';

/** Larger features are not kept: every step then computes those of its images. */
const MAX_BYTES = 2 ** 29;

/**
 * The number of layers at the start whose outputs, the features of the images, are computed once before training. 0 with augmentation,
 * which changes the images in each epoch.
 */
export function fixedLayersOf({ model, dataset, config }: TrainingTask): number {
  if (config.augment !== undefined) return 0;
  const count = countFixedLayers(model, trainableOf(model, config).frozen);
  const { shape } = model.layers[count].input;
  const bytes = dataset.train.labels.length * sizeOf(shape) * BYTES_PER_ELEMENT.f32;
  return bytes <= MAX_BYTES ? count : 0;
}
