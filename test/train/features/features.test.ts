import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { parseConfig } from '#inkling/train/config.js';
import { computeFeatures } from '#inkling/train/features/computeFeatures.js';
import { fixedLayersOf } from '#inkling/train/features/fixedLayers.js';
import { trainableOf } from '#inkling/train/features/trainable.js';
import { Session } from '#inkling/train/session.js';
import { trainingTask } from '#inkling/train/task.js';
import { trainModel } from '#inkling/train/trainModel.js';
import { hashOf } from '../../helpers/hash.js';
import { run, runDataset as dataset, sharedFolder } from '../../helpers/run.js';

const model = resolveModel(preset('report-cnn-dropout', { input: dataset.shape, classes: 3 }));
const weights = initialWeights(model, new Random(5));
const settings = {
  initFrom: 'x',
  freeze: ['layer1', 'layer2'],
  epochs: 3,
  batchSize: 32,
  learningRate: 0.01,
};
const taskOf = (changes = {}) => trainingTask(model, dataset, parseConfig({ ...settings, ...changes }));
const backbone = { weights, batches: 1 };

const folder = sharedFolder();
let caches = 0;
let cache = '';
beforeEach(() => {
  cache = join(folder, `cache-${++caches}`);
  vi.stubEnv('XDG_CACHE_HOME', cache);
});

test('training on features computes the same losses as training on images', async () => {
  const task = taskOf();
  const count = fixedLayersOf(task);
  expect(model.layers[count - 1].name).toBe('layer2.3');
  const step = {
    first: 0,
    count: 32,
    learningRate: 0.01,
    biasCorrection1: 0.1,
    biasCorrection2: 0.001,
    averageShare: 0,
    dropoutSeed: 4,
    augmentSeed: 0,
  };
  const losses = await Promise.all(
    [0, count].map(async (fixedLayers) => {
      const trainable = trainableOf(model, task.config);
      const optimizer = { type: 'adam' } as const;
      const session = await Session.start({
        model,
        dataset,
        batchSize: 32,
        threads: 2,
        optimizer,
        trainable,
        fixedLayers,
      });
      try {
        session.setWeights(weights);
        if (fixedLayers > 0) {
          session.setFeatures(await computeFeatures({ task, weights, fixedLayers }, {}));
        }
        session.setOrder(task.split.train);
        const results = await session.train([
          step,
          { ...step, first: 32 },
          { ...step, first: 64, count: 26 },
        ]);
        const { losses: scored } = await session.score(task.split.validation);
        return [...results.map(({ loss }) => loss), ...scored];
      } finally {
        await session.close();
      }
    }),
  );
  expect(losses[1]).toHaveLength(3 + task.split.validation.length);
  losses[0].forEach((loss, index) => {
    expect(losses[1][index]).toBeCloseTo(loss, 4);
  });
});

test('the weights are bit-identical for any number of threads', async () => {
  const hashes = await Promise.all(
    [1, 2, 3].map(async (threads) => {
      const { best } = await trainModel(taskOf({ threads }), {}, { backbone });
      return hashOf(best?.weights ?? new Map());
    }),
  );
  expect(new Set(hashes).size).toBe(1);
  expect(hashes[0]).not.toBe(hashOf(weights));
});

test('layers are only left out of training if their outputs stay the same and fit into memory', () => {
  expect(fixedLayersOf(taskOf())).toBeGreaterThan(0);
  expect(fixedLayersOf(taskOf({ augment: { flip: true } }))).toBe(fixedLayersOf(taskOf()));
  expect(fixedLayersOf(taskOf({ augment: { mixup: 0.2 } }))).toBe(0);
  expect(fixedLayersOf(taskOf({ augment: { flip: true }, augmentedViews: 2 ** 22 }))).toBe(0);
  expect(fixedLayersOf(taskOf({ freeze: undefined, initFrom: undefined }))).toBe(0);
  const many = { ...dataset, train: { ...dataset.train, labels: new Uint8Array(2 ** 22) } };
  expect(fixedLayersOf({ ...taskOf(), dataset: many })).toBe(0);
});

test('reports progress, and can be interrupted', async () => {
  const events: unknown[] = [];
  const abort = new AbortController();
  const result = await trainModel(
    taskOf(),
    {
      signal: abort.signal,
      onEvent(event) {
        events.push(event);
        abort.abort();
      },
    },
    { backbone },
  );
  expect(events).toEqual([{ type: 'features', done: 64, total: 100 }]);
  expect(result).toEqual({ epochs: [], stopReason: 'interrupted', best: undefined });
});

test('a later run with the same frozen layers takes the features from the cache', async () => {
  const base = await run(folder, { model: 'report-cnn-dropout' });
  const tuned = (changes = {}) =>
    run(folder, { initFrom: base.folder, freeze: ['layer1', 'layer2'], seed: 4, ...changes });
  const computes = ({ events }: Awaited<ReturnType<typeof tuned>>) =>
    events.some(({ type }) => type === 'features');
  const first = await tuned();
  const second = await tuned();
  expect([first, second].map(computes)).toEqual([true, false]);
  const [a, b] = [first, second].map((each) => hashOf(readSavedModel(each.folder).weights));
  expect(b).toBe(a);
  const other = await tuned({ freeze: ['layer1'] });
  expect(computes(other)).toBe(true);

  const entries = join(cache, 'inkling', 'features');
  for (const key of readdirSync(entries))
    writeFileSync(join(entries, key, 'features.safetensors'), 'damaged');
  expect(computes(await tuned())).toBe(true);
});

test('the cache keeps the features of all views of one seed', async () => {
  const base = await run(folder, { model: 'report-cnn-dropout' });
  const computes = async (changes = {}) => {
    const { events } = await run(folder, {
      initFrom: base.folder,
      freeze: ['layer1', 'layer2'],
      augment: { flip: true },
      ...changes,
    });
    return events.some(({ type }) => type === 'features');
  };
  expect(await computes()).toBe(true);
  expect(await computes()).toBe(false);
  for (const changes of [
    { seed: 4 },
    { splitSeed: 1 },
    { augmentedViews: 1 },
    { augment: { flip: true, shift: 1 } },
    { augment: undefined },
  ]) {
    expect(await computes(changes)).toBe(true);
  }
  expect(await computes({ augment: { mixup: 0.2 } })).toBe(false);
});

test('reports the progress of all views', async () => {
  const events: unknown[] = [];
  const task = taskOf({ augment: { flip: true }, augmentedViews: 2, epochs: 2 });
  const onEvent = (event: { type: string }) => {
    if (event.type === 'features') events.push(event);
  };
  await trainModel(task, { onEvent }, { backbone });
  expect(events).toEqual([64, 100, 164, 200].map((done) => ({ type: 'features', done, total: 200 })));
});
