import { Random } from '#inkling/core/random.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { batchNorm2d, conv2d, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';

/** A model as saved after three batches, with initial weights. */
export function saved(model: Model, classes: readonly string[]): SavedModel {
  return {
    model,
    weights: initialWeights(resolveModel(model), new Random(7)),
    classes,
    dataset: 'digits',
    batches: 3,
  };
}

/** A small model that nevertheless has every kind of tensor. */
export const tiny = saved(
  {
    name: 'tiny',
    input: [4, 4, 1],
    layers: [
      conv2d({ outChannels: 2, kernel: 3, padding: 1, stride: 1 }),
      batchNorm2d(),
      relu(),
      maxPool2d({ kernel: 2 }),
      flatten(),
      linear({ outFeatures: 2 }),
    ],
  },
  ['cat', 'dög'],
);
