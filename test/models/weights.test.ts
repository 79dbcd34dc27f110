import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { sizeOf } from '#inkling/core/shape.js';
import { conv2d, flatten, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { countParameters, initialWeights, torchOrder } from '#inkling/models/weights.js';

/** 2×3 images with one channel, two 1×2 kernels, whose output is 2×2×2, and three classes. */
const tiny: Model = {
  name: 'tiny',
  input: [2, 3, 1],
  layers: [
    conv2d({ name: 'conv', outChannels: 2, kernel: [1, 2] }),
    flatten(),
    linear({ name: 'fc', outFeatures: 3 }),
  ],
};

function orderOf(name: string): number[] {
  return resolveModel(tiny)
    .parameters.filter((parameter) => parameter.name === name)
    .flatMap(({ spec }) => [...torchOrder(spec)]);
}

test('maps each element in PyTorch’s order to its index in the engine’s layout', () => {
  // [out, in, height, width] from [height, width, in, out]
  expect(orderOf('conv.weight')).toEqual([0, 2, 1, 3]);
  expect(orderOf('conv.bias')).toEqual([0, 1]);
  // [out, channel × height × width] from [height × width × channel, out]
  expect(orderOf('fc.weight')).toEqual([
    0, 6, 12, 18, 3, 9, 15, 21, 1, 7, 13, 19, 4, 10, 16, 22, 2, 8, 14, 20, 5, 11, 17, 23,
  ]);
});

test('the order is a permutation of all elements', () => {
  const model = preset('report-cnn', { input: [28, 28, 1], classes: 10 });
  for (const { spec } of resolveModel(model).parameters) {
    const size = sizeOf(spec.shape);
    expect(torchOrder(spec).sort()).toEqual(Uint32Array.from({ length: size }, (_, i) => i));
  }
});

test('counts the trainable parameters', () => {
  expect(countParameters(tiny)).toBe(2 * 2 + 2 + 8 * 3 + 3);
  // (1·9·16 + 16) + 2·16 + (16·9·32 + 32) + 2·32 + (2048·10 + 10)
  expect(countParameters(preset('report-cnn', { input: [28, 28, 1], classes: 10 }))).toBe(25_386);
});

test('draws in PyTorch’s order, uniformly within ±1/√fan-in', () => {
  const generator = new Random(3);
  const draw = (count: number, bound: number): number[] =>
    Array.from({ length: count }, () => generator.uniform(-bound, bound));
  const [weight, bias] = [draw(4, 1 / Math.sqrt(2)), draw(2, 1 / Math.sqrt(2))];
  const initial = initialWeights(resolveModel(tiny), new Random(3));
  expect(orderOf('conv.weight').map((index) => initial.get('conv.weight')?.[index])).toEqual(weight);
  expect([...(initial.get('conv.bias') ?? [])]).toEqual(bias);
});
