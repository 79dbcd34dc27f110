import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights, type Weights } from '#inkling/models/weights.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { averageShare } from '#inkling/train/optimization/averages.js';
import { evaluate } from '#inkling/train/evaluate.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';
import { Session } from '#inkling/train/session.js';
import { stripes } from '../../helpers/stripes.js';

const dataset = stripes({ train: 100, test: 30 });
const model = preset('report-cnn', { input: dataset.shape, classes: 3 });
const step = { ...INERT_STEP, first: 0, count: 16, learningRate: 0.01 };

const start = (averages: boolean) =>
  Session.start({
    model: resolveModel(model),
    dataset,
    batchSize: 16,
    threads: 2,
    optimizer: { type: 'sgd', momentum: 0 },
    averages,
  });

test('the weight of a step in the average decreases to its limit', () => {
  expect(averageShare(1, 0.99)).toBeCloseTo(9 / 11, 12);
  expect(averageShare(90, 0.99)).toBeCloseTo(0.09, 12);
  expect(averageShare(10_000, 0.99)).toBeCloseTo(0.01, 12);
  expect(averageShare(1, 0.1)).toBeCloseTo(0.9, 12);
  expect(averageShare(5, undefined)).toBe(0);
});

/** The weights after each step, and the averages of a session that averages them. */
async function steps(shares: readonly number[]) {
  const [plain, averaging] = [await start(false), await start(true)];
  try {
    const initial = initialWeights(resolveModel(model), new Random(0));
    const order = dataset.train.labels.map((_, image) => image);
    const path: Weights[] = [initial];
    for (const session of [plain, averaging]) session.setWeights(initial);
    for (const averageShare of shares) {
      for (const session of [plain, averaging]) session.setOrder(order);
      await plain.train([step]);
      await averaging.train([{ ...step, averageShare }]);
      path.push(await plain.weights());
    }
    const images = Uint32Array.from({ length: 30 }, (_, image) => 100 + image);
    const averages = await averaging.weights();
    const answers = await averaging.score(images);
    plain.setWeights(averages);
    return { path, averages, answers, expected: await plain.score(images) };
  } finally {
    await plain.close();
    await averaging.close();
  }
}

test('averages all parameters and running statistics, and scores with the averages', async () => {
  const shares = [0.5, 0.25];
  const { path, averages, answers, expected } = await steps(shares);
  for (const [name, average] of averages) {
    const values = path.map((weights) => weights.get(name) ?? new Float32Array());
    average.forEach((value, i) => {
      const first = values[0][i] + shares[0] * (values[1][i] - values[0][i]);
      const second = first + shares[1] * (values[2][i] - first);
      expect(Math.abs(value - second), `${name}[${i}]`).toBeLessThan(1e-6);
    });
    // Batch normalization cancels a bias before it, which therefore has no gradient.
    if (!name.endsWith('0.bias')) expect(average, name).not.toEqual(values[2]);
  }
  expect(answers).toEqual(expected);
});

test('validates, tests, and saves the averages without affecting training', async () => {
  const settings = { epochs: 3, batchSize: 32, learningRate: 0.003, threads: 2 };
  const [plain, averaged] = [
    await trainAndScore({ model, dataset, settings }),
    await trainAndScore({ model, dataset, settings: { ...settings, emaDecay: 0.9 } }),
  ];
  const training = (fitted: typeof plain) => fitted.epochs.map(({ trainLoss }) => trainLoss);
  const validation = (fitted: typeof plain) => fitted.epochs.map(({ validationLoss }) => validationLoss);
  expect(training(averaged)).toEqual(training(plain));
  expect(validation(averaged)).not.toEqual(validation(plain));
  if (averaged.best === undefined) throw new Error('there is no best network');
  expect(await evaluate(averaged.best, dataset)).toEqual(averaged.test);
});
