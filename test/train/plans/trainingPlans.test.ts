import { describe, expect, it } from 'vitest';
import { allocateNetwork } from '#inkling/models/network.js';
import { preset, presetNames } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { augmentationSchema } from '#inkling/plan/augmentation.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { predictionPlan } from '#inkling/predict/plans/predictionPlan.js';
import { scoringPlan, trainingPlan } from '#inkling/train/plans/trainingPlans.js';
import { allocateSource } from '#inkling/train/batches/source.js';
import { mixedModel } from '../../helpers/mixedModel.js';
import { verifyPlan } from '../../helpers/verifyPlan.js';
import { withPrologue } from '../../helpers/withPrologue.js';

const models = [
  ...presetNames.map((name) => preset(name, { input: [32, 32, 3], classes: 10 })),
  mixedModel().model,
];

describe('every plan of a model passes verification', () => {
  it.each(models.map((model) => [model.name, model] as const))('%s', (_name, model) => {
    const resolved = resolveModel(model);
    const arena = new Arena(false);
    const network = allocateNetwork(arena, resolved);
    const source = allocateSource(arena, model.input, 40);
    const inputs = { model: resolved, network, source, batchSize: 16 };
    const weights: Tensor[] = [source.items, source.labels, ...network.parameters.values()];

    const prediction = predictionPlan(arena, resolved, network, 4);
    const scoring = scoringPlan(arena, inputs);
    const optimizer = { type: 'adam', weightDecay: 0.01, clipNorm: 1 } as const;
    const augmentation = augmentationSchema.parse({ mixup: 0.2 });
    const training = trainingPlan(arena, inputs, { optimizer, loss: { smoothing: 0.1 }, augmentation });
    const state = [...training.optimizerState, ...(training.classWeights ? [training.classWeights] : [])];

    expect(() => {
      verifyPlan(withPrologue(prediction), arena.bytes, [...weights, prediction.input]);
      verifyPlan(withPrologue(scoring), arena.bytes, weights);
      verifyPlan(training.plan, arena.bytes, [...weights, ...state]);
    }).not.toThrow();
  });
});
