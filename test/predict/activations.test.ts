import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { batchNorm2d, conv2d, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { activationsOf } from '#inkling/predict/activations.js';
import { Classifier } from '#inkling/predict/classifier.js';

const [HEIGHT, WIDTH, IN, OUT, CLASSES] = [5, 4, 2, 4, 3];
const model: Model = {
  name: 'tiny',
  input: [HEIGHT, WIDTH, IN],
  layers: [
    conv2d({ name: 'c', outChannels: OUT, kernel: 3, padding: 1 }),
    batchNorm2d({ name: 'n' }),
    relu({ name: 'r' }),
    conv2d({ name: 'd', outChannels: OUT, kernel: 3, padding: 2 }),
    maxPool2d({ name: 'p', kernel: 2 }),
    flatten({ name: 'f' }),
    linear({ name: 'l', outFeatures: CLASSES }),
  ],
};

const random = new Random(4);
const draw = (length: number) => Float32Array.from({ length }, () => random.uniform(-1, 1));
const weights = initialWeights(resolveModel(model), random);
for (const { name } of resolveModel(model).parameters) {
  if (name.startsWith('n.')) weights.get(name)?.set(draw(OUT).map((value) => Math.abs(value) + 0.1));
}
const saved: SavedModel = { model, weights, classes: ['a', 'b', 'c'], dataset: 'none', batches: 0 };
const pixels = draw(HEIGHT * WIDTH * IN);

const weight = (name: string, place: number) => (weights.get(name) ?? [])[place];

/** By hand, in double precision: convolution, normalisation with the running statistics, ReLU. */
function byHand(y: number, x: number, o: number): number {
  let sum = weight('c.bias', o);
  for (let ky = 0; ky < 3; ky++) {
    for (let kx = 0; kx < 3; kx++) {
      const [row, column] = [y + ky - 1, x + kx - 1];
      if (row < 0 || row >= HEIGHT || column < 0 || column >= WIDTH) continue;
      for (let i = 0; i < IN; i++) {
        sum +=
          pixels[(row * WIDTH + column) * IN + i] * weight('c.weight', ((ky * 3 + kx) * IN + i) * OUT + o);
      }
    }
  }
  const normalised = (sum - weight('n.running_mean', o)) / Math.sqrt(weight('n.running_var', o) + 1e-5);
  return Math.max(0, normalised * weight('n.weight', o) + weight('n.bias', o));
}

test('are what the layers in front make of an image, without the zeros around it', async () => {
  const { shape, values } = await activationsOf(saved, pixels, 3);
  expect(shape).toEqual([HEIGHT, WIDTH, OUT]);
  const expected = Array.from(values, (_, place) => {
    const pixel = Math.floor(place / OUT);
    return byHand(Math.floor(pixel / WIDTH), pixel % WIDTH, place % OUT);
  });
  expect(values.some((value) => value === 0)).toBe(true);
  values.forEach((value, place) => {
    expect(value).toBeCloseTo(expected[place], 5);
  });
});

test('of the last layer with an image lead to the classifier’s answer', async () => {
  const { shape, values } = await activationsOf(saved, pixels, 5);
  expect(shape).toEqual([3, 3, OUT]);
  const classifier = await Classifier.create(saved);
  const logits = Array.from({ length: CLASSES }, (_, o) =>
    values.reduce((sum, value, i) => sum + value * weight('l.weight', i * CLASSES + o), weight('l.bias', o)),
  );
  classifier.logits(pixels).forEach((value, o) => {
    expect(value).toBeCloseTo(logits[o], 5);
  });
});
