import { expect, test } from 'vitest';
import { allocateNetwork } from '#inkling/models/network.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { trainableOf } from '#inkling/train/features/trainable.js';

const model = resolveModel(preset('resnet-small', { input: [32, 32, 3], classes: 4 }));
const trained = model.parameters.filter(({ spec }) => spec.trained).map(({ name }) => name);

test('everything is trained at the same rate by default', () => {
  expect(trainableOf(model, {})).toEqual({ frozen: new Set(), rateFactors: new Map() });
});

test('fine-tuning trains the convolutions of the last stages, at rates that decrease toward the input, and the last layer', () => {
  const { frozen, rateFactors } = trainableOf(model, { fineTune: 2 });
  expect([...rateFactors]).toEqual([
    ['layer2.4.0.weight', 0.05],
    ['layer2.4.3.weight', 0.05],
    ['layer3.0.weight', 0.05],
    ['layer3.4.0.weight', 0.1],
    ['layer3.4.3.weight', 0.1],
  ]);
  const others = trained.filter((name) => !frozen.has(name) && !rateFactors.has(name));
  expect(others).toEqual(['fc.weight', 'fc.bias']);
  expect(frozen).toContain('layer3.1.weight');
  expect(frozen).toContain('layer2.0.weight');
});

test('trainBatchNorm also trains the normalizations of these stages, at the rates of their stages', () => {
  const plain = trainableOf(model, { fineTune: 2 });
  const { frozen, rateFactors } = trainableOf(model, { fineTune: 2, trainBatchNorm: true });
  const thawed = [...plain.frozen].filter((name) => !frozen.has(name));
  expect(
    thawed.filter((name) => name.endsWith('.weight')).map((name) => [name, rateFactors.get(name)]),
  ).toEqual([
    ['layer2.4.1.weight', 0.05],
    ['layer2.4.4.weight', 0.05],
    ['layer3.1.weight', 0.05],
    ['layer3.4.1.weight', 0.1],
    ['layer3.4.4.weight', 0.1],
  ]);
  expect(frozen).toContain('layer2.1.weight');
});

test('the parameters of one learning rate that are decayed, or are not, are updated together', () => {
  const network = allocateNetwork(
    new Arena(),
    model,
    trainableOf(model, { fineTune: 2, trainBatchNorm: true }),
  );
  expect(network.trained.parts.map(({ isDecayed, rateFactor }) => [isDecayed, rateFactor])).toEqual([
    [true, 0.05],
    [true, 0.1],
    [true, 1],
    [false, 0.05],
    [false, 0.1],
    [false, 1],
  ]);
});
