import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { sizeOf } from '#inkling/core/shape.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun } from '#inkling/runs/trainRun.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { computeFeatures } from '#inkling/train/features/computeFeatures.js';
import { fixedLayersOf } from '#inkling/train/features/fixedLayers.js';
import { Session } from '#inkling/train/session.js';
import { trainingTask } from '#inkling/train/task.js';
import { trainModel } from '#inkling/train/trainModel.js';
import { hashOf } from '../../helpers/hash.js';
import { run, runDataset as dataset, sharedFolder } from '../../helpers/run.js';

const model = resolveModel(preset('report-cnn', { input: dataset.shape, classes: 3 }));
const weights = initialWeights(model, new Random(5));
const settings = {
  initFrom: 'x',
  freeze: ['layer1', 'layer2'],
  epochs: 5,
  batchSize: 32,
  learningRate: 0.01,
  augment: { flip: true },
  augmentedViews: 3,
};
const taskOf = (changes: PartialConfig = {}, images = dataset) =>
  trainingTask(model, images, parseConfig({ ...settings, ...changes }));

const folder = sharedFolder();
vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));

/** The features of all views, image by image. */
async function featuresOf(changes: PartialConfig = {}, images = dataset): Promise<string[][]> {
  const task = taskOf(changes, images);
  const fixedLayers = fixedLayersOf(task);
  const features = await computeFeatures({ task, weights, fixedLayers }, {});
  const { length } = dataset.train.labels;
  const size = sizeOf(model.layers[fixedLayers].input.shape);
  return Array.from({ length: features.length / (length * size) }, (_, view) =>
    Array.from({ length }, (_, image) => {
      const start = (view * length + image) * size;
      return String(features.subarray(start, start + size));
    }),
  );
}

function mirrored(images: Uint8Array): Uint8Array {
  return images.map((_, index) => images[index - (index % 8) + 7 - (index % 8)]);
}

test('each view draws the changes of each training image anew, and leaves validation images as they are', async () => {
  const views = await featuresOf();
  expect(views).toHaveLength(3);
  const [plain] = await featuresOf({ augment: undefined });
  const train = { ...dataset.train, images: mirrored(dataset.train.images) };
  const [turned] = await featuresOf({ augment: undefined }, { ...dataset, train });
  const { split } = taskOf();
  const turns = views.map((view) => {
    for (const image of split.validation) expect(view[image]).toBe(plain[image]);
    for (const image of split.train) expect([plain[image], turned[image]]).toContain(view[image]);
    return Array.from(split.train, (image) => view[image] === turned[image]);
  });
  for (const view of turns) {
    const share = view.filter((isTurned) => isTurned).length / view.length;
    // Four standard deviations of 90 coins.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.21);
  }
  expect(new Set(turns.map(String)).size).toBe(3);
});

test('a view depends on the seed, and not on the number of views or epochs', async () => {
  const [first, second] = await featuresOf();
  expect(await featuresOf({ augmentedViews: 2 })).toEqual([first, second]);
  expect(await featuresOf({ epochs: 1 })).toEqual([first]);
  expect(await featuresOf({ epochs: 1, seed: 1 })).not.toEqual([first]);
});

test('epochs use the views in turn, and validation the images as they are', async () => {
  const task = taskOf({ augmentedViews: 2 });
  const fixedLayers = fixedLayersOf(task);
  const session = await Session.start({
    model,
    dataset,
    batchSize: 90,
    threads: 1,
    optimizer: { type: 'adam' },
    fixedLayers,
  });
  try {
    session.setWeights(weights);
    const source = { task, weights, fixedLayers };
    session.setFeatures(await computeFeatures(source, {}));
    const step = {
      first: 0,
      count: 90,
      learningRate: 0,
      biasCorrection1: 1,
      biasCorrection2: 1,
      averageShare: 0,
      dropoutSeed: 0,
      augmentSeed: 0,
    };
    const losses: number[] = [];
    const validations: string[] = [];
    for (const view of [0, 1, 2, 3]) {
      session.setOrder(task.split.train, view);
      const [{ loss }] = await session.train([step]);
      losses.push(loss);
      validations.push(String((await session.score(task.split.validation)).losses));
    }
    expect(losses[0]).not.toBe(losses[1]);
    expect(losses.slice(2)).toEqual(losses.slice(0, 2));
    expect(new Set(validations).size).toBe(1);
  } finally {
    await session.close();
  }
});

test('views without changes train the same weights as no augmentation', async () => {
  const trained = async (changes: PartialConfig) => {
    const { best } = await trainModel(taskOf(changes), {}, { backbone: { weights, batches: 1 } });
    return hashOf(best?.weights ?? new Map());
  };
  const plain = await trained({ augment: undefined });
  expect(await trained({ augment: {} })).toBe(plain);
  expect(await trained({})).not.toBe(plain);
});

const runOf = (base: string, changes: PartialConfig = {}, hooks = {}) =>
  run(folder, { ...settings, initFrom: base, ...changes }, hooks);
const savedIn = (path: string) =>
  ['best', 'last'].map((which) =>
    hashOf(readSavedModel(join(path, 'checkpoints', `${which}.safetensors`)).weights),
  );

test('the weights are the same for any number of threads, and after training was interrupted or extended', async () => {
  const base = await run(folder, { model: 'report-cnn' });
  const whole = savedIn((await runOf(base.folder, { threads: 1 })).folder);
  // Without the features of the first run.
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache-3'));
  expect(savedIn((await runOf(base.folder, { threads: 3 })).folder)).toEqual(whole);

  const hooks = { command: 'inkling train --resume', onEvent: () => undefined };
  const abort = new AbortController();
  const part = await runOf(
    base.folder,
    { batchSize: 2, threads: 2 },
    {
      signal: abort.signal,
      onEvent: (event: { type: string; epoch?: number }) => {
        if (event.type === 'progress' && event.epoch === 3) abort.abort();
      },
    },
  );
  expect(part.summary.epochs).toHaveLength(2);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache-resumed'));
  const rest = await resumeRun(readResumePoint(part.folder, {}), dataset, hooks);
  expect(savedIn(rest.folder)).toEqual(savedIn((await runOf(base.folder, { batchSize: 2 })).folder));

  const short = await runOf(base.folder, { epochs: 2 });
  const longer = await resumeRun(readResumePoint(short.folder, { epochs: 5 }), dataset, hooks);
  expect(savedIn(longer.folder)).toEqual(whole);
});
