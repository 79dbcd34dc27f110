import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { flatten, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights, type Weights } from '#inkling/models/weights.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import {
  biasCorrections,
  optimizerNames,
  optimizerOf,
  OPTIMIZERS,
} from '#inkling/train/optimization/optimizers.js';
import { Session } from '#inkling/train/session.js';
import { stripes } from '../../helpers/stripes.js';
import { formulas } from '../../kernels/cases/optimizers.js';

const dataset = stripes({ train: 16, test: 0 });
const model: Model = {
  name: 'linear',
  input: [8, 8, 1],
  layers: [flatten(), linear({ name: 'fc', outFeatures: 3 })],
};
const LEARNING_RATE = 0.01;

test('Adam’s bias corrections are 1 − βᵗ', () => {
  expect(biasCorrections(1)).toEqual({ biasCorrection1: 1 - 0.9, biasCorrection2: 1 - 0.999 });
  expect(biasCorrections(2).biasCorrection1).toBeCloseTo(0.19, 12);
  expect(biasCorrections(1e6)).toEqual({ biasCorrection1: 1, biasCorrection2: 1 });
});

test('only AdamW has weight decay by default', () => {
  const settings = { momentum: 0.5 };
  expect(optimizerOf({ ...settings, optimizer: 'adamw' })).toEqual({ type: 'adamw', weightDecay: 0.01 });
  expect(optimizerOf({ ...settings, optimizer: 'adamw', weightDecay: 0 })).toMatchObject({ weightDecay: 0 });
  expect(optimizerOf({ ...settings, optimizer: 'adam' })).toEqual({ type: 'adam', weightDecay: 0 });
  expect(optimizerOf({ ...settings, optimizer: 'nesterov' })).toEqual({
    type: 'nesterov',
    momentum: 0.5,
    weightDecay: 0,
  });
});

test('every optimizer has a formula', () => {
  const tested = Object.values(formulas).map(({ optimizer }) => optimizer.type);
  expect([...new Set(tested)].sort()).toEqual([...optimizerNames].sort());
});

/** Weight decay applies to the weight, but not to the bias. */
const PARAMETERS = ['fc.weight', 'fc.bias'];

describe.each(Object.entries(formulas))('%s', (_name, { optimizer, formula }) => {
  let session: Session;
  beforeEach(async () => {
    session = await Session.start({
      model: resolveModel(model),
      dataset,
      batchSize: 16,
      threads: 1,
      optimizer,
    });
  });
  afterEach(() => session.close());

  const { defaultWeightDecay, isWeightDecayDecoupled } = OPTIMIZERS[optimizer.type];
  const decay = optimizer.weightDecay ?? defaultWeightDecay;

  test.each(PARAMETERS)('updates %s by its formula for three steps', async (name) => {
    session.setWeights(initialWeights(resolveModel(model), new Random(3)));
    session.setOrder(dataset.train.labels.map((_, index) => index));
    const valuesOf = (tensors: Weights) => tensors.get(name) ?? new Float32Array();
    const moves = [...valuesOf(await session.weights())].map(formula);
    for (let step = 1; step <= 3; step++) {
      const before = valuesOf(await session.weights());
      const settings = { ...INERT_STEP, first: 0, count: 16, learningRate: LEARNING_RATE };
      await session.train([{ ...settings, ...biasCorrections(step) }]);
      const penalized = valuesOf(await session.gradients());
      const after = valuesOf(await session.weights());
      after.forEach((value, i) => {
        const weight = name === 'fc.weight' ? before[i] : 0;
        const gradient = penalized[i] - (isWeightDecayDecoupled ? 0 : decay * weight);
        const expected = before[i] - LEARNING_RATE * moves[i](gradient, step, weight);
        expect(Math.abs(value - expected)).toBeLessThan(1e-7);
      });
      expect(after).not.toEqual(before);
    }
  });
});

describe('gradient clipping', () => {
  const start = async (clipNorm?: number) => {
    const session = await Session.start({
      model: resolveModel(model),
      dataset,
      batchSize: 16,
      threads: 1,
      optimizer: { type: 'sgd', momentum: 0, clipNorm },
    });
    try {
      session.setWeights(initialWeights(resolveModel(model), new Random(3)));
      session.setOrder(dataset.train.labels.map((_, index) => index));
      await session.train([{ ...INERT_STEP, first: 0, count: 16, learningRate: LEARNING_RATE }]);
      return [...(await session.gradients()).values()].flatMap((values) => [...values]);
    } finally {
      await session.close();
    }
  };
  const normOf = (values: readonly number[]) => Math.hypot(...values);

  test('scales all gradients together to the maximum global norm', async () => {
    const free = await start();
    const clipNorm = normOf(free) / 2;
    const clipped = await start(clipNorm);
    expect(normOf(clipped)).toBeCloseTo(clipNorm, 5);
    clipped.forEach((value, i) => {
      expect(Math.abs(value - free[i] / 2)).toBeLessThan(1e-6);
    });
    expect(await start(2 * normOf(free))).toEqual(free);
  });
});
