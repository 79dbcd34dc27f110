import { expect, test } from 'vitest';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { augmentationSchema } from '#inkling/plan/augmentation.js';
import { usePlanner } from '#inkling/plan/requestPlans.js';
import { planInference } from '#inkling/predict/plans/planInference.js';
import { planInference as askForInference } from '#inkling/predict/plans/planInference.worker.js';
import { planAugmentation } from '#inkling/train/plans/planAugmentation.js';
import { planAugmentation as askForAugmentation } from '#inkling/train/plans/planAugmentation.worker.js';
import { planSession } from '#inkling/train/plans/planSession.js';
import { planSession as askForSession } from '#inkling/train/plans/planSession.worker.js';

const model = preset('deep-cnn', { input: [8, 8, 1], classes: 3 });
const session = { model: resolveModel(model), batchSize: 4, optimizer: { type: 'adam' } } as const;
const PLANNERS = { augmentation: planAugmentation, inference: planInference, session: planSession };

/** As the script of workers asks a page: options and plans are copied between threads. */
function usePage(): void {
  usePlanner(async (kind, options) =>
    structuredClone(await PLANNERS[kind](structuredClone(options) as never)),
  );
}

test('a worker that does not know how to ask for plans says so', async () => {
  await expect(askForSession(session)).rejects.toThrow('plans: a worker must know how to ask for them');
});

test('plans that a worker asks for are those that it would make itself', async () => {
  usePage();
  const inference = { model, activations: ['flatten'] };
  expect(await askForInference(inference)).toEqual(await planInference(inference));
  expect(await askForSession(session)).toEqual(await planSession(session));
  const augmented = {
    shape: [8, 8, 1],
    augmentation: augmentationSchema.parse({ shift: 1 }),
    batchSize: 4,
  } as const;
  expect(await askForAugmentation(augmented)).toEqual(await planAugmentation(augmented));
});

test('weights that are scored are the trained ones also in plans that a worker asks for', async () => {
  usePage();
  const plain = await askForSession(session);
  expect(plain.evalWeights).toBe(plain.network);
  const averaged = await askForSession({ ...session, averages: true });
  expect(averaged.evalWeights.all).not.toBe(averaged.network.all);
  expect(averaged.evalWeights.gradients).toBe(averaged.network.gradients);
});

test('why there is no plan reaches the worker', async () => {
  usePage();
  await expect(askForInference({ model, activations: ['conv9'] })).rejects.toThrow('unknown layer "conv9"');
});
