import { expect, test, vi } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { INERT_STEP } from '#inkling/plan/steps.js';
import { Session } from '#inkling/train/session.js';
import { stripes } from '../helpers/stripes.js';

vi.mock('#inkling/engine/team.js', () => import('../crash/inlineTeam.js'));

test('a run on the calling thread has the results of each of its steps', async () => {
  const dataset = stripes({ train: 40, test: 10 });
  const model = resolveModel(preset('mlp', { input: dataset.shape, classes: 3 }));
  const options = {
    model,
    dataset,
    batchSize: 16,
    threads: 1,
    optimizer: { type: 'sgd', momentum: 0 },
  } as const;
  const steps = [0, 16, 32].map((first) => ({
    ...INERT_STEP,
    first,
    count: Math.min(16, 40 - first),
    learningRate: 0.01,
  }));
  const resultsOf = async (runs: readonly (typeof steps)[]) => {
    const session = await Session.start(options);
    session.setWeights(initialWeights(model, new Random(0)));
    session.setOrder([...new Array(40).keys()]);
    const results = [];
    for (const run of runs) results.push(...(await session.train(run)));
    await session.close();
    return results;
  };
  const together = await resultsOf([steps]);
  expect(together).toEqual(await resultsOf(steps.map((step) => [step])));
  for (const { loss } of together) expect(loss).toBeGreaterThan(0.1);
});
