import { describe, expect, test } from 'vitest';
import { DivergedError, InklingError } from '#inkling/core/errors.js';
import { conv2d, dropout, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import type { TrainingEvent } from '#inkling/train/events.js';
import { evaluate } from '#inkling/train/evaluate.js';
import type { FitSettings } from '#inkling/train/settings/fitSettings.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';
import type { TrainingHooks } from '#inkling/train/trainingHooks.js';
import { hashOf } from '../helpers/hash.js';
import { imbalanced, stripes } from '../helpers/stripes.js';

/** 90 training images: with a batch size of 32, the last batch has 26. */
const dataset = stripes({ train: 100, test: 30 });
const reportCnn = preset('report-cnn', { input: dataset.shape, classes: 3 });
const withDropout: Model = {
  name: 'with dropout',
  input: [8, 8, 1],
  layers: [
    conv2d({ outChannels: 5, kernel: 3, padding: 1 }),
    relu(),
    maxPool2d({ kernel: 2 }),
    dropout({ probability: 0.4 }),
    flatten(),
    linear({ outFeatures: 3 }),
  ],
};
/** All augmentations at once. */
const ALL = {
  ...{ shift: 0.5, rotate: 5, scale: 0.1, shear: 5, elastic: 0.5, crop: 1, flip: true },
  ...{ erase: 2, brightness: 0.2, contrast: 0.2, mixup: 0.2, cutmix: 1 },
} as const;
const settings: FitSettings = { epochs: 2, batchSize: 32, learningRate: 0.003, threads: 1 };

/** Trains; also returns all checkpoints and a hash of the last weights. */
async function fitted(model: Model, changes: FitSettings = {}, hooks: TrainingHooks = {}) {
  const checkpoints: [which: string, saved: SavedModel][] = [];
  const result = await trainAndScore({
    model,
    dataset,
    settings: { ...settings, ...changes },
    ...hooks,
    onCheckpoint: (which, saved) => checkpoints.push([which, saved]),
  });
  const last = checkpoints.at(-1)?.[1];
  return { ...result, checkpoints, last: hashOf(last?.weights ?? new Map()) };
}

const stable = ({ epochs, test, last }: Awaited<ReturnType<typeof fitted>>) => ({
  last,
  test,
  epochs: epochs.map(({ trainLoss, validationLoss, validationAccuracy }) => [
    trainLoss,
    validationLoss,
    validationAccuracy,
  ]),
});

describe.each<[name: string, model: Model, changes: FitSettings]>([
  ['report-cnn with Adam', reportCnn, {}],
  ['report-cnn with SGD', reportCnn, { optimizer: 'sgd', learningRate: 0.02 }],
  ['report-cnn with AdamW and a cosine', reportCnn, { optimizer: 'adamw', schedule: 'cosine' }],
  ['report-cnn with gradient clipping and weight averaging', reportCnn, { clipNorm: 0.5, emaDecay: 0.9 }],
  ['a network with dropout', withDropout, {}],
  ['report-cnn on augmented images', reportCnn, { augment: ALL }],
  ['balanced sampling', reportCnn, { sampling: 'balanced' }],
  ['label smoothing and class weights', withDropout, { labelSmoothing: 0.1, classWeights: [1, 2, 0.5] }],
])('%s', (_name, model, changes) => {
  test('results are bit-identical with 1, 2, 3, 4 and 7 threads', async () => {
    const alone = stable(await fitted(model, changes));
    for (const threads of [2, 3, 4, 7])
      expect(stable(await fitted(model, { ...changes, threads }))).toEqual(alone);
  });
});

test('settings that affect the results change them', async () => {
  const changes: FitSettings[] = [
    {},
    { seed: 1 },
    { splitSeed: 1 },
    { batchSize: 16 },
    { learningRate: 0.001 },
    { optimizer: 'sgd' },
    { optimizer: 'sgd', momentum: 0.5 },
    { optimizer: 'nesterov' },
    { optimizer: 'adamw' },
    { optimizer: 'adamw', weightDecay: 0.2 },
    { weightDecay: 0.2 },
    { schedule: 'cosine' },
    { schedule: 'one-cycle' },
    { warmupEpochs: 0.5 },
    { augment: { shift: 1 } },
    { labelSmoothing: 0.1 },
    { classWeights: 'balanced' },
    { sampling: 'balanced' },
    { classWeights: [1, 2, 1] },
    { augment: { shift: 1, flip: true } },
    { clipNorm: 0.1 },
    { emaDecay: 0.5 },
  ];
  const hashes = new Set<string>();
  for (const change of changes) hashes.add((await fitted(reportCnn, { ...change, epochs: 1 })).last);
  expect(hashes.size).toBe(changes.length);
});

test('an augmentation without changes gives bit-identical results to none', async () => {
  expect(stable(await fitted(withDropout, { augment: {} }))).toEqual(stable(await fitted(withDropout)));
});

test('equal class weights do not change the loss', async () => {
  const [plain, weighted] = [{}, { classWeights: [3, 3, 3] }].map((changes) => fitted(withDropout, changes));
  const losses = ({ epochs }: Awaited<ReturnType<typeof fitted>>) => epochs.map(({ trainLoss }) => trainLoss);
  const expected = losses(await plain);
  losses(await weighted).forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(expected[epoch], 5);
  });
});

test('requires one weight per class', async () => {
  await expect(fitted(reportCnn, { classWeights: [1, 2] })).rejects.toThrow(
    new InklingError('classWeights: expected 3 weights, one per class, or "balanced"; got 2'),
  );
});

test('rejects an augmentation that could remove whole images', async () => {
  await expect(fitted(reportCnn, { augment: { crop: 8 } })).rejects.toThrow(
    new InklingError('augment: crop 8 could remove whole images of 8×8×1; use less than 8 pixels'),
  );
});

test('initial weights depend on the seed, but not on the split seed', async () => {
  const initial = async (changes: FitSettings) =>
    (await fitted(reportCnn, changes, { signal: AbortSignal.abort() })).last;
  const first = await initial({});
  expect(await initial({ splitSeed: 1 })).toBe(first);
  expect(await initial({ seed: 1 })).not.toBe(first);
});

test('the test images are scored with the best weights, even if they are not the last', async () => {
  // A learning rate so high that accuracy fluctuates between epochs.
  const result = await fitted(reportCnn, { epochs: 4, learningRate: 0.3 });
  expect(result.best?.epoch.epoch).toBeLessThan(4);
  const [best, last] = ['best', 'last'].map((name) =>
    result.checkpoints.findLast(([which]) => which === name),
  );
  if (best === undefined || last === undefined) throw new Error('a checkpoint is missing');
  expect(await evaluate(best[1], dataset)).toEqual(result.test);
  expect(await evaluate(last[1], dataset)).not.toEqual(result.test);
});

test('trains, emits events and tests the best model once', async () => {
  const events: TrainingEvent[] = [];
  const result = await fitted(
    reportCnn,
    { epochs: 6, threads: 2 },
    { onEvent: (event) => events.push(event) },
  );
  expect(result.stopReason).toBe('completed');
  expect(result.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(result.epochs[5].trainLoss).toBeLessThan(result.epochs[0].trainLoss);
  expect(result.test?.total).toBe(30);
  expect(result.test?.accuracy).toBeGreaterThan(0.8);

  const records = events.flatMap((event) => (event.type === 'epoch' ? [event] : []));
  expect(records.map(({ record }) => record)).toEqual(result.epochs);
  const bestEpochs = records.filter(({ isBest }) => isBest).map(({ record }) => record.epoch);
  expect(result.best?.epoch.epoch).toBe(bestEpochs.at(-1));
  expect(result.checkpoints.map(([which]) => which)).toEqual([...bestEpochs.map(() => 'best'), 'last']);
  // One probe batch, and three batches per epoch.
  expect(result.checkpoints.at(-1)?.[1].batches).toBe(1 + 6 * 3);
  expect(result.best).toMatchObject({ model: reportCnn, classes: dataset.classes, dataset: 'stripes' });
});

test('a notice about imbalanced classes is the first event, and part of the result', async () => {
  const events: TrainingEvent[] = [];
  const { notices } = await trainAndScore({
    model: reportCnn,
    dataset: imbalanced(stripes({ train: 320, test: 64 })),
    settings: { ...settings, epochs: 1, split: 'stratified' },
    onEvent: (event) => events.push(event),
  });
  expect(notices).toHaveLength(2);
  expect(notices[0]).toContain('"across" has 270 training images, 30 times as many as "down", which has 9');
  expect(events[0]).toEqual({ type: 'notice', text: notices[0] });
  expect(notices[1]).toContain('there are 32 validation images');
  expect((await fitted(reportCnn, { epochs: 1 })).notices).toEqual([
    'the confidences and doubts are unreliable: there are 10 validation images, expected 50 or more; train with more images',
  ]);
});

test('the forward pass of zeros updates the running statistics before the first step', async () => {
  const { probesWithZeros, ...unprobed } = reportCnn;
  expect(probesWithZeros).toBe(true);
  const [probed, plain] = [await fitted(reportCnn, { epochs: 1 }), await fitted(unprobed, { epochs: 1 })];
  expect(probed.epochs[0].trainLoss).toBe(plain.epochs[0].trainLoss);
  expect(probed.epochs[0].validationLoss).not.toBe(plain.epochs[0].validationLoss);
  expect(plain.best?.batches).toBe(3);
});

test('an abort signal stops training without a test score, and the last weights are saved', async () => {
  const controller = new AbortController();
  const result = await fitted(
    reportCnn,
    { epochs: 50 },
    {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'epoch' && event.record.epoch === 2) controller.abort();
      },
    },
  );
  expect(result.stopReason).toBe('interrupted');
  expect(result.epochs).toHaveLength(2);
  expect(result.test).toBeUndefined();
  expect(result.best?.weights.size).toBeGreaterThan(0);
  expect(result.checkpoints.at(-1)?.[0]).toBe('last');
  expect(result.last).toBe((await fitted(reportCnn)).last);
});

test('an abort signal stops the scoring of the test images', async () => {
  const controller = new AbortController();
  const result = await fitted(
    reportCnn,
    { epochs: 2 },
    {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'epoch' && event.record.epoch === 2) controller.abort();
      },
    },
  );
  expect(result).toMatchObject({ stopReason: 'interrupted', test: undefined, predictions: undefined });
  expect(result.epochs).toHaveLength(2);
});

test('training stops early when patience runs out, with a test score', async () => {
  const mlp = preset('mlp', { input: dataset.shape, classes: 3 });
  // With this learning rate the weights do not change, so no epoch is better than the first.
  const changes: FitSettings = { epochs: 40, optimizer: 'sgd', learningRate: 1e-30, patience: 2 };
  const result = await fitted(mlp, changes);
  expect(result.stopReason).toBe('early');
  expect(result.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(result.best?.epoch.epoch).toBe(1);
  expect(result.test?.total).toBe(30);
  const patient = await fitted(mlp, { ...changes, epochs: 3 });
  expect(patient.stopReason).toBe('completed');
});

test('an abort before the first epoch yields no best model', async () => {
  const result = await fitted(reportCnn, {}, { signal: AbortSignal.abort() });
  expect(result).toMatchObject({ best: undefined, epochs: [], test: undefined, stopReason: 'interrupted' });
  expect(result.checkpoints.map(([which]) => which)).toEqual(['last']);
});

test('an excessive learning rate is detected in the next step', async () => {
  await expect(fitted(withDropout, { optimizer: 'sgd', learningRate: 1e38 })).rejects.toThrow(
    new DivergedError(
      'train: the loss became NaN at step 2 of 3 of epoch 1, with learning rate 1e+38; ' +
        'lower the learning rate (the option learningRate), or check the data for extreme values',
    ),
  );
});

describe('test-time augmentation', () => {
  const tta = { flip: true, shift: 1 };

  test('changes only the test score, which evaluation reproduces', async () => {
    const plain = await fitted(reportCnn);
    const averaged = await fitted(reportCnn, { tta });
    expect(averaged.last).toBe(plain.last);
    expect(averaged.epochs.map(({ validationLoss }) => validationLoss)).toEqual(
      plain.epochs.map(({ validationLoss }) => validationLoss),
    );
    expect(averaged.test?.loss).not.toBe(plain.test?.loss);
    expect(averaged.test?.correct).toBe(
      [...(averaged.predictions ?? [])].filter((label, image) => label === dataset.test.labels[image]).length,
    );
    const best = averaged.best as SavedModel;
    expect(await evaluate(best, dataset, { threads: 2, batchSize: 7, tta })).toEqual(averaged.test);
    expect(await evaluate(best, dataset, { threads: 1 })).toEqual(plain.test);
  });

  test('with a single view gives the plain score', async () => {
    const { best, test } = await fitted(reportCnn);
    const one = await evaluate(best as SavedModel, dataset, { tta: { flip: false, shift: 0 } });
    expect(one.confusion).toEqual(test?.confusion);
    expect(one.loss).toBeCloseTo(test?.loss ?? 0, 5);
  });
});
