import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { flatten, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { initialWeights } from '#inkling/models/weights.js';
import { biasCorrections, type Optimizer } from '#inkling/train/optimizers.js';
import { Session } from '#inkling/train/session.js';
import { stripes } from '../helpers/stripes.js';

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

interface Rule {
  readonly optimizer: Optimizer;
  /** The formula, an element at a time: a function that takes each step's gradient and returns how far to go. */
  readonly formula: () => (gradient: number, step: number) => number;
}

const rules: Record<string, Rule> = {
  // Kingma and Ba, "Adam", 2015, algorithm 1.
  adam: {
    optimizer: { type: 'adam' },
    formula: () => {
      let [m, v] = [0, 0];
      return (g, step) => {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        return m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
      };
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
};

describe.each(Object.entries(rules))('%s', (_name, { optimizer, formula }) => {
  let session: Session;
  beforeAll(async () => {
    session = await Session.start({ model, dataset, batchSize: 16, threads: 1, optimizer });
  });
  afterAll(() => session.close());

  test('moves every parameter by its formula, three steps long', async () => {
    session.setWeights(initialWeights(model, new Random(3)));
    session.setOrder(dataset.train.labels.map((_, index) => index));
    const moves = [...(session.weights().get('fc.weight') ?? [])].map(formula);
    for (let step = 1; step <= 3; step++) {
      const before = session.weights().get('fc.weight') ?? new Float32Array();
      const settings = { first: 0, count: 16, learningRate: LEARNING_RATE, dropoutSeed: 0 };
      await session.train([{ ...settings, ...biasCorrections(step) }]);
      const gradient = session.gradients().get('fc.weight') ?? new Float32Array();
      const after = session.weights().get('fc.weight');
      const expected = before.map((value, i) => value - LEARNING_RATE * moves[i](gradient[i], step));
      after?.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-7);
      });
      expect(after).not.toEqual(before);
    }
  });
});
