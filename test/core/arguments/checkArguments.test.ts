import { describe, expect, test } from 'vitest';
import { checkArguments, checkArray } from '#inkling/core/arguments/checkArguments.js';
import { UsageError } from '#inkling/core/errors.js';
import * as inkling from '#inkling/index.js';

const dataset = inkling.generateDigits({ seed: 0, train: 10, test: 10 });
const model = inkling.preset('mlp', { input: dataset.shape, classes: dataset.classes.length });

test('accepts what it expects', () => {
  checkArguments('f', { model, dataset, saved: { model, weights: {}, classes: [] } });
  checkArray('f: models', [], 'models');
});

const expected = {
  model: "a model, such as preset('mlp', …)",
  saved: 'a trained model, such as (await fit(…)).best',
  dataset: "a data set, such as await loadDataset({ name: 'mnist' })",
};

test.each([
  [{ model: 'mlp' }, `model: expected ${expected.model}, got a string`],
  [{ model, dataset: undefined }, `dataset: expected ${expected.dataset}, got undefined`],
  [{ dataset: Promise.resolve(dataset) }, `dataset: expected ${expected.dataset}, got a Promise`],
  [{ model: { layers: [] } }, `model: expected ${expected.model}, got an object without input`],
  [{ saved: { model } }, `saved: expected ${expected.saved}, got an object without weights, classes`],
])('says what it got instead: %#', (given, problem) => {
  expect(() => {
    checkArguments('f', given);
  }).toThrow(new UsageError(`f: ${problem}`));
});

/** Programs in JavaScript may pass anything. */
const wrong: Readonly<Record<string, (any: never) => unknown>> = {
  auditDataset: (any) => inkling.auditDataset(any),
  calibrateModel: (any) => inkling.calibrateModel(any, any),
  'Classifier.create': (any) => inkling.Classifier.create(any),
  'compareModels: models': (any) => inkling.compareModels(any, any),
  compareModels: (any) => inkling.compareModels([any] as never, any),
  conv2d: (any) => inkling.conv2d(any),
  createDataset: (any) => inkling.createDataset(any, any),
  'createDataset: images': (any) => inkling.createDataset(any, { name: 'a', shape: [28, 28, 1] }),
  'createDataset: shape': (any) => inkling.createDataset([], { name: 'a', shape: any }),
  evaluate: (any) => inkling.evaluate(any, any),
  generateDigits: (any) => inkling.generateDigits(any),
  model: (any) => inkling.modelFrom({ layers: [] }, { input: any, classes: 10 }),
  modelFrom: (any) => inkling.modelFrom({ layers: [] }, any),
  'preset "mlp"': (any) => inkling.preset('mlp', any),
  resolveModel: (any) => inkling.resolveModel(any),
  'unknown model': (any) => inkling.preset(any, { input: [28, 28, 1], classes: 10 }),
  describeSample: (any) => inkling.describeSample(any),
  'mlp: layers': (any) => inkling.resolveModel({ ...model, layers: any }),
  'the file': (any) => inkling.decodeCheckpoint(any),
};

describe.each(Object.entries(wrong))('%s', (name, call) => {
  test.each([undefined, null, 3])('rejects %s', async (value) => {
    const error = await Promise.resolve()
      .then(() => call(value as never))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(new RegExp(`^${name}`));
  });
});

test('a model needs layers, a sample needs numbers, and an image a part that exists', async () => {
  expect(() => inkling.resolveModel({ ...model, layers: [] })).toThrow(
    new UsageError('mlp: layers: expected at least one layer, got none; end with linear'),
  );
  expect(() => inkling.describeSample([1, undefined, 2] as never)).toThrow(
    new UsageError('describeSample: expected finite numbers, got undefined at index 1'),
  );
  const image = { pixels: new Float32Array(784), shape: [28, 28, 1] };
  await expect(
    inkling.createDataset([{ image, label: 'a', part: null as never }], { name: 'a', shape: [28, 28, 1] }),
  ).rejects.toThrow('image 1 of a: unknown part "null"; expected train, validation or test');
});
