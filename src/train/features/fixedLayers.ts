import { option } from '../../core/optionName.js';
import { formatCount, formatPlural } from '../../core/format.js';
import { sizeOf } from '../../core/shape.js';
import { countFixedLayers } from '../../models/fixedLayers.js';
import { mixesImages } from '../../plan/mixesImages.js';
import { BYTES_PER_ELEMENT } from '../../plan/tensor.js';
import type { TrainingTask } from '../task.js';
import { viewsOf } from './imageViews.js';
import { trainableOf } from './trainable.js';

/** Larger features are not kept: every step then computes those of its images. */
const MAX_BYTES = 2 ** 29;
const MIB = 2 ** 20;

/**
 * The number of layers at the start whose outputs, the features of all views of the images, are computed once before training; 0 if
 * every step computes them.
 */
export function fixedLayersOf(task: TrainingTask): number {
  return obstacleTo(task) === undefined ? layersBeforeTrained(task) : 0;
}

/** What to know about the layers whose outputs stay the same: that the images have only some views, or why steps compute these outputs. */
export function featureNotices(task: TrainingTask): string[] {
  if (layersBeforeTrained(task) === 0) return [];
  const obstacle = obstacleTo(task);
  if (obstacle !== undefined) return [`every step computes the frozen layers, because ${obstacle}`];
  if (task.config.augment === undefined) return [];
  const views = formatPlural(viewsOf(task.config), 'augmented view');
  return [
    `the frozen layers are computed once, for ${views} of each training image, which the epochs use in turn; ` +
      `more views (${option('augmentedViews')}) take longer and are more varied`,
  ];
}

function layersBeforeTrained({ model, config }: TrainingTask): number {
  return countFixedLayers(model, trainableOf(model, config).frozen);
}

/** Why features cannot be kept. */
function obstacleTo(task: TrainingTask): string | undefined {
  const { model, dataset, config } = task;
  const { augment, augmentedViews } = config;
  if (augment !== undefined && mixesImages(augment)) {
    return 'mixup and cutmix mix the images of a batch; leave them out to train faster';
  }
  const { shape } = model.layers[layersBeforeTrained(task)].input;
  // Not limited by the number of epochs, with which a run may be extended.
  const views = augment === undefined ? 1 : augmentedViews;
  const bytes = views * dataset.train.labels.length * sizeOf(shape) * BYTES_PER_ELEMENT.f32;
  if (bytes <= MAX_BYTES) return undefined;
  const size = `their outputs take ${formatCount(Math.ceil(bytes / MIB))} MiB, more than ${MAX_BYTES / MIB} MiB`;
  return views === 1 ? size : `${size}; use fewer views (${option('augmentedViews')}) to train faster`;
}
