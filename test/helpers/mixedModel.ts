import { Random } from '#inkling/core/random.js';
import type { Calibration } from '#inkling/interop/calibrationRecord.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import {
  avgPool2d,
  batchNorm1d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  gelu,
  globalAvgPool2d,
  hardSigmoid,
  hardSwish,
  type Layer,
  leakyRelu,
  linear,
  maxPool2d,
  relu,
  residual,
  silu,
  squeezeExcitation,
} from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';

/** Many kinds of layers, with and without names, and sizes that differ in every direction. */
const layers: readonly Layer[] = [
  conv2d({ name: 'block.0', outChannels: 5, kernel: [3, 2], stride: [2, 1], padding: [2, 1] }),
  batchNorm2d({ name: 'block.1' }),
  relu({ name: 'block.2' }),
  dropout({ name: 'drop', probability: 0.5 }),
  maxPool2d({ kernel: [2, 3], stride: [1, 2] }),
  conv2d({ outChannels: 4, kernel: 2 }),
  avgPool2d({ kernel: [1, 2], stride: 1 }),
  residual({
    name: 'down',
    layers: [
      conv2d({ name: 'conv', outChannels: 6, kernel: 3, stride: [2, 1], padding: 1, bias: false }),
      batchNorm2d({ name: 'norm' }),
      leakyRelu(),
      conv2d({ name: 'last.conv', outChannels: 6, kernel: [1, 3], padding: [0, 1] }),
    ],
    shortcut: [
      conv2d({ outChannels: 6, kernel: 1, stride: [2, 1], bias: false }),
      batchNorm2d({ name: 'norm' }),
    ],
  }),
  squeezeExcitation({
    name: 'excited',
    layers: [
      globalAvgPool2d({ name: 'avgpool' }),
      conv2d({ name: 'fc1', outChannels: 2, kernel: 1 }),
      relu({ name: 'activation' }),
      conv2d({ name: 'fc2', outChannels: 6, kernel: 1 }),
      hardSigmoid({ name: 'scale_activation' }),
    ],
  }),
  hardSwish(),
  residual({
    layers: [
      silu(),
      conv2d({ outChannels: 6, kernel: 3, padding: 1, groups: 6 }),
      gelu(),
      conv2d({ outChannels: 6, kernel: 1, groups: 2, bias: false }),
    ],
  }),
  globalAvgPool2d(),
  flatten(),
  linear({ name: 'head.hidden', outFeatures: 7, bias: false }),
  batchNorm1d({ name: 'head.norm' }),
  relu({ name: 'head.relu' }),
  linear({ name: 'head.out', outFeatures: 3 }),
  dropout({ name: 'last', probability: 0.2 }),
];

const model: Model = { name: 'mixed', input: [9, 11, 3], layers };

/** A network of many kinds of layers, with random weights and running statistics. */
export function mixedModel(): SavedModel {
  const random = new Random(11);
  const weights = initialWeights(resolveModel(model), random);
  for (const [name, values] of weights) {
    // Large weights, so that images get different predictions.
    const change = /^block\.1|norm/.test(name) ? () => random.uniform(0.5, 2) : (value: number) => 3 * value;
    weights.set(name, values.map(change));
  }
  return { model, weights, classes: ['cat', 'dög', 'a "third"'], dataset: 'pets', batches: 3 };
}

/** Random images `[count, height, width, channels]`, bytes; always the same ones. */
export function randomImages({ input: [height, width, channels] }: Model, count: number): Uint8Array {
  const random = new Random(5);
  return Uint8Array.from({ length: count * height * width * channels }, () => random.uint32() % 256);
}

/** A calibration with prototypes of `mixedModel`. */
export const calibration: Calibration = {
  temperature: 1.5,
  threshold: 0.8,
  logSumExpThreshold: -2,
  familiarity: {
    prototypes: { layer: 'block.0', size: 1, perClass: 1, scale: 1, values: 'AAAA' },
    logSumExpSpread: 1,
    distanceSpread: 1,
    threshold: 0,
  },
  coverage: 0.9,
  precision: 0.99,
  images: 70,
};
