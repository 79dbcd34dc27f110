import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { flatten, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights, type Weights } from '#inkling/models/weights.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import {
  biasCorrections,
  type Optimizer,
  optimizerNames,
  optimizerOf,
  OPTIMIZERS,
} from '#inkling/train/optimization/optimizers.js';
import { Session } from '#inkling/train/session.js';
import { stripes } from '../../helpers/stripes.js';

const dataset = stripes({ train: 16, test: 0 });
const model: Model = {
  name: 'linear',
  input: [8, 8, 1],
  layers: [flatten(), linear({ name: 'fc', outFeatures: 3 })],
};
const LEARNING_RATE = 0.01;

test('corrects Adam’s moments by the share of them that is not the zero they started from', () => {
  expect(biasCorrections(1)).toEqual({ biasCorrection1: 1 - 0.9, biasCorrection2: 1 - 0.999 });
  expect(biasCorrections(2).biasCorrection1).toBeCloseTo(0.19, 12);
  expect(biasCorrections(1e6)).toEqual({ biasCorrection1: 1, biasCorrection2: 1 });
});

test('AdamW decays unless told otherwise, the others do not', () => {
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

interface Rule {
  readonly optimizer: Optimizer;
  /**
   * The formula, an element at a time: a function that takes each step's gradient, without that of a decay, and returns how
   * far to go.
   */
  readonly formula: () => (gradient: number, step: number, weight: number) => number;
}

/** Kingma and Ba, "Adam", 2015, algorithm 1. */
function adam() {
  let [m, v] = [0, 0];
  return (g: number, step: number) => {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    return m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
  };
}

const rules: Record<string, Rule> = {
  adam: { optimizer: { type: 'adam' }, formula: adam },
  'adam with weight decay': {
    optimizer: { type: 'adam', weightDecay: 0.3 },
    formula: () => {
      const move = adam();
      return (g, step, weight) => move(g + 0.3 * weight, step);
    },
  },
  // Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, as PyTorch has it.
  adamw: {
    optimizer: { type: 'adamw', weightDecay: 0.3 },
    formula: () => {
      const move = adam();
      return (g, step, weight) => 0.3 * weight + move(g, step);
    },
  },
  sgd: { optimizer: { type: 'sgd', momentum: 0 }, formula: () => (g) => g },
  'sgd with momentum': {
    optimizer: { type: 'sgd', momentum: 0.9 },
    formula: () => {
      let velocity = 0;
      return (g) => (velocity = 0.9 * velocity + g);
    },
  },
  'nesterov with weight decay': {
    optimizer: { type: 'nesterov', momentum: 0.9, weightDecay: 0.3 },
    formula: () => {
      let velocity = 0;
      return (g, _step, weight) => {
        const slope = g + 0.3 * weight;
        velocity = 0.9 * velocity + slope;
        return slope + 0.9 * velocity;
      };
    },
  },
};

test('every optimizer has a formula here', () => {
  const tested = Object.values(rules).map(({ optimizer }) => optimizer.type);
  expect([...new Set(tested)].sort()).toEqual([...optimizerNames].sort());
});

/** The weight decays, the bias does not. */
const PARAMETERS = ['fc.weight', 'fc.bias'];

describe.each(Object.entries(rules))('%s', (_name, { optimizer, formula }) => {
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

  test.each(PARAMETERS)('moves %s by its formula, three steps long', async (name) => {
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

  test('scales the gradient of all parameters together to its longest length', async () => {
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
