import { afterAll, beforeAll, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import { conv2d, flatten, linear } from '#inkling/layers/index.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { batchesOf } from '#inkling/train/batches/batches.js';
import { Session } from '#inkling/train/session.js';
import { stripes } from '../helpers/stripes.js';

const dataset = stripes({ train: 40, test: 10 });
const model = resolveModel(preset('report-cnn', { input: dataset.shape, classes: 3 }));
const weights = initialWeights(model, new Random(0));
const options = { model, dataset, batchSize: 16, threads: 2, optimizer: { type: 'adam' } } as const;
const step = {
  first: 0,
  count: 16,
  learningRate: 0.001,
  biasCorrection1: 0.1,
  biasCorrection2: 0.001,
  averageShare: 0.25,
  dropoutSeed: 1,
  augmentSeed: 1,
};

let session: Session;
beforeAll(async () => {
  session = await Session.start(options);
});
afterAll(() => session.close());

test('divides a count into batches, the last of which may be smaller', () => {
  expect(batchesOf(7, 3)).toEqual([
    { first: 0, count: 3 },
    { first: 3, count: 3 },
    { first: 6, count: 1 },
  ]);
  expect(batchesOf(6, 3)).toHaveLength(2);
  expect(batchesOf(2, 3)).toEqual([{ first: 0, count: 2 }]);
  expect(batchesOf(0, 3)).toEqual([]);
});

test('returns a copy of the weights that were set', async () => {
  session.setWeights(weights);
  const copy = await session.weights();
  expect(copy).toEqual(weights);
  copy.get('fc.bias')?.fill(7);
  expect(await session.weights()).toEqual(weights);
});

test('gives each image the same score when repeated and in any batch', async () => {
  session.setWeights(weights);
  const indices = Uint32Array.from({ length: 50 }, (_, index) => index);
  const scores = await session.score(indices);
  expect(scores.losses).toHaveLength(50);
  expect(await session.score(indices)).toEqual(scores);
  const few = await session.score(Uint32Array.of(49, 3, 21));
  expect([...few.losses]).toEqual([49, 3, 21].map((index) => scores.losses[index]));
  expect([...few.predictions]).toEqual([49, 3, 21].map((index) => scores.predictions[index]));
  expect(await session.weights()).toEqual(weights);
});

test('scores more batches than are in memory at a time', async () => {
  const many = stripes({ train: 40, test: 90 });
  const indices = Uint32Array.from({ length: 129 }, (_, i) => (i * 50) % 130);
  const scoresOf = async (batchSize: number) => {
    const one = await Session.start({ ...options, batchSize, dataset: many });
    try {
      one.setWeights(weights);
      return await one.score(indices);
    } finally {
      await one.close();
    }
  };
  const scores = await scoresOf(1);
  expect(new Set(scores.losses).size).toBeGreaterThan(10);
  expect(await scoresOf(129)).toEqual(scores);
});

test('a step returns the mean loss and the correct predictions of its batch, and updates the parameters', async () => {
  session.setWeights(weights);
  session.setOrder(Array.from({ length: 16 }, (_, index) => index));
  const [first, again] = [await session.train([step]), await session.train([step])];
  // Three classes and small random weights: near the loss of uniform predictions.
  expect(first[0].loss).toBeGreaterThan(0.5 * Math.log(3));
  expect(first[0].loss).toBeLessThan(2 * Math.log(3));
  expect(again[0].loss).toBeLessThan(first[0].loss);
  expect(Number.isInteger(first[0].correct)).toBe(true);
  for (const [name, values] of await session.weights()) expect(values, name).not.toEqual(weights.get(name));
});

test('with a learning rate of 0, a step updates the running statistics only', async () => {
  session.setWeights(weights);
  session.setOrder(Array.from({ length: 16 }, (_, index) => index));
  await session.train([{ ...step, learningRate: 0 }]);
  for (const [name, values] of await session.weights()) {
    if (name.includes('running')) expect(values, name).not.toEqual(weights.get(name));
    else expect(values, name).toEqual(weights.get(name));
  }
  for (const [name, values] of await session.gradients())
    expect(values, name).toHaveLength(weights.get(name)?.length ?? -1);
});

test('rejects weights that do not match the model', () => {
  const missing = new Map(weights);
  missing.delete('fc.bias');
  expect(() => {
    session.setWeights(missing);
  }).toThrow(new InklingError('weights: fc.bias has no values, expected 3; use weights of this model'));
  expect(() => {
    session.setWeights(new Map(weights).set('fc.bias', new Float32Array(2)));
  }).toThrow(new InklingError('weights: fc.bias has 2 values, expected 3; use weights of this model'));
});

test('rejects a model that does not fit the data set', async () => {
  const larger = preset('mlp', { input: [28, 28, 1], classes: 3 });
  await expect(Session.start({ ...options, model: resolveModel(larger) })).rejects.toThrow(
    new InklingError(
      'mlp: expects images of 28×28×1, but those of stripes are 8×8×1; train a model on this data set',
    ),
  );
  const ten = preset('mlp', { input: [8, 8, 1], classes: 10 });
  await expect(Session.start({ ...options, model: resolveModel(ten) })).rejects.toThrow(
    new InklingError('mlp: has 10 outputs, but stripes has 3 classes; train a model on this data set'),
  );
});

test('says before training that a batch does not fit into memory', async () => {
  const layers = [conv2d({ outChannels: 1024, kernel: 3 }), flatten(), linear({ outFeatures: 3 })];
  const large = resolveModel({ name: 'large', input: [8, 8, 1], layers });
  await expect(Session.start({ ...options, model: large, batchSize: 65_536 })).rejects.toThrow(
    /^memory: workspace needs \d+ MiB, which exceeds .*; use a smaller model, or batches of fewer images than 65536$/,
  );
});
