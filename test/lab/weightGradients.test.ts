import { expect, test } from 'vitest';
import { flatten, linear, resolveModel, type SavedModel, sigmoid } from '#inkling/index.js';
import { Session } from '#inkling/train/session.js';
import { countTraining } from '../../src/lab/data/splitExamples.js';
import { weightGradients } from '../../src/lab/training/weightGradients.js';
import { dataset, trained } from './try/trainedDigits.js';

const IMAGES = 64;

/** The gradients that a step of training on some images computes. */
async function gradientsOf({ model, weights }: SavedModel, images: readonly number[]) {
  const session = await Session.start({
    model: resolveModel(model),
    dataset,
    batchSize: images.length,
    threads: 1,
    optimizer: { type: 'adam' },
  });
  try {
    session.setWeights(weights);
    session.setOrder(images);
    await session.train([
      {
        ...{ first: 0, count: images.length, learningRate: 0, biasCorrection1: 0.1, biasCorrection2: 0.001 },
        ...{ averageShare: 1, dropoutSeed: 0, augmentSeed: 0 },
      },
    ]);
    return await session.gradients();
  } finally {
    await session.close();
  }
}

/** The first training images of each class, as many of each. */
function firstOfEachClass(): readonly number[] {
  const labels = [...dataset.train.labels].slice(0, countTraining(dataset));
  const byClass = dataset.classes.map((_, label) => labels.flatMap((each, i) => (each === label ? i : [])));
  return Array.from({ length: IMAGES }, (_, rank) =>
    byClass.flatMap((own) => own.at(rank) ?? []).sort((a, b) => a - b),
  )
    .flat()
    .slice(0, IMAGES);
}

/** With the largest learning rate, its outputs after the step are infinite. */
function withLargeOutputs(saved: SavedModel): SavedModel {
  const weights = saved.weights.get('fc.weight')?.map((weight) => 100 * weight) ?? new Float32Array();
  return { ...saved, weights: new Map(saved.weights).set('fc.weight', weights) };
}

/** Those of its first layers are a thousand times smaller than those of the last. */
const deep = [
  flatten(),
  ...[1, 2, 3, 4].flatMap((i) => [
    linear({ name: `fc${i}`, outFeatures: 16 }),
    sigmoid({ name: `sigmoid${i}` }),
  ]),
  linear({ name: 'out', outFeatures: 10 }),
];

test.each([
  ['the report\u2019s CNN', 'report-cnn'],
  ['a network that diverges with a large learning rate', 'resnet-small'],
  ['a deep network of sigmoids', deep],
] as const)('the gradients of %s are those of a training step', async (_, network) => {
  const saved =
    network === 'resnet-small' ? withLargeOutputs(await trained(network)) : await trained(network);
  const found = await weightGradients(saved, dataset, new AbortController().signal);
  if (found === undefined || found === 'diverged') throw new Error('expected gradients');
  expect(found.images).toBe(IMAGES);
  const gradients = await gradientsOf(saved, firstOfEachClass());
  for (const { name } of resolveModel(saved.model).parameters) {
    // The bias before a batch normalization has a gradient of rounding errors only.
    const expected = name.endsWith('.weight') ? gradients.get(name) : undefined;
    if (expected === undefined) continue;
    const values = found.values.get(name) ?? [];
    const most = largestOf(expected);
    expect(largestOf(expected.map((value, i) => value - values[i])) / most, name).toBeLessThan(1e-4);
    if (network === deep && name === 'fc1.weight') expect(most).toBeLessThan(1e-4);
  }
});

function largestOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

test('what is abandoned has no result', async () => {
  const saved = await trained('mlp');
  const abandoned = new AbortController();
  abandoned.abort();
  expect(await weightGradients(saved, dataset, abandoned.signal)).toBeUndefined();
});

test('a network whose loss is infinite has no gradients', async () => {
  const saved = await trained('mlp');
  const weights = new Map([...saved.weights].map(([name, values]) => [name, values.map(() => 1e30)]));
  const { signal } = new AbortController();
  expect(await weightGradients({ ...saved, weights }, dataset, signal)).toBe('diverged');
});
