import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { Random } from '#inkling/core/random.js';
import type { Dataset, ImageSet } from '#inkling/data/dataset.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { batchNorm1d, batchNorm2d, conv2d, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { allocateNetwork } from '#inkling/models/network.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights, type Weights } from '#inkling/models/weights.js';
import { Arena } from '#inkling/plan/arena.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { parseConfig } from '#inkling/train/config.js';
import { backboneFor, frozenParameters } from '#inkling/train/fineTune.js';
import { trainingPlan } from '#inkling/train/plans/trainingPlans.js';
import { allocateSource } from '#inkling/train/batches/source.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun, trainRun } from '#inkling/runs/trainRun.js';
import { readRun } from '#inkling/runs/readRun.js';
import { expectSlopes } from '../helpers/gradients.js';
import { hashOf } from '../helpers/hash.js';
import { ReferenceRun } from '../helpers/referenceRun.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';

const reportCnn = preset('report-cnn', { input: dataset.shape, classes: 3 });
/** The same images, every fifth of which belongs to a fourth class. */
const relabeled = ({ images, labels }: ImageSet): ImageSet => ({
  images,
  labels: labels.map((label, image) => (image % 5 === 0 ? 3 : label)),
});
const others: Dataset = {
  ...dataset,
  name: 'others',
  classes: ['across', 'down', 'blank', 'none'],
  train: relabeled(dataset.train),
  test: relabeled(dataset.test),
};

const savedOf = (model: Model): SavedModel => ({
  model,
  weights: initialWeights(resolveModel(model), new Random(0)),
  classes: dataset.classes,
  dataset: 'stripes',
  batches: 7,
});

describe('a backbone', () => {
  test('is unchanged if the classes are the same', () => {
    const saved = savedOf(reportCnn);
    expect(backboneFor(saved, dataset, 'it')).toEqual({
      model: reportCnn,
      weights: saved.weights,
      batches: 7,
      newHead: undefined,
    });
  });

  test('gets a new head if the number or the names of the classes differ', () => {
    const saved = savedOf(reportCnn);
    const { model, weights, newHead } = backboneFor(saved, others, 'it');
    expect(newHead).toBe('fc');
    expect(model).toEqual(preset('report-cnn', { input: dataset.shape, classes: 4 }));
    expect([...saved.weights.keys()].filter((name) => !weights.has(name))).toEqual(['fc.weight', 'fc.bias']);
    const renamed = { ...dataset, classes: ['a', 'b', 'c'] };
    expect(backboneFor(saved, renamed, 'it')).toMatchObject({ newHead: 'fc', model: reportCnn });
  });

  test('must match the input shape and end with a linear layer', () => {
    expect(() => backboneFor(savedOf(reportCnn), { ...dataset, shape: [28, 28, 3] }, 'it')).toThrow(
      new InklingError(
        'init-from: it expects images of 8×8×1, but those of stripes are 28×28×3; ' +
          'start from a model for images of this size, or from initial weights',
      ),
    );
    const headless: Model = {
      name: 'headless',
      input: [8, 8, 1],
      layers: [conv2d({ outChannels: 3, kernel: 8 }), flatten()],
    };
    expect(() => backboneFor(savedOf(headless), others, 'it')).toThrow(
      new InklingError(
        'init-from: it does not end with a linear layer, which is needed to adapt it to the 4 classes of others; ' +
          'train another model',
      ),
    );
  });
});

describe('frozen layers', () => {
  test('are selected by name or prefix', () => {
    const block = ['layer1.0.weight', 'layer1.0.bias', 'layer1.1.weight', 'layer1.1.bias'];
    expect([...frozenParameters(resolveModel(reportCnn), ['layer1'])]).toEqual(block);
    expect([...frozenParameters(resolveModel(reportCnn), ['layer1.0', 'layer1.1'])]).toEqual(block);
    expect([...frozenParameters(resolveModel(reportCnn), [])]).toEqual([]);
  });

  test.each<[freeze: string[], problem: string]>([
    [
      ['layer3'],
      'unknown layer "layer3" (did you mean "layer1"?); ' +
        'expected layers of report-cnn with weights: layer1, layer2, fc, layer1.0, layer1.1, layer2.0 or layer2.1',
    ],
    [
      ['layer1', 'layer'],
      'unknown layer "layer" (did you mean "layer1"?); ' +
        'expected layers of report-cnn with weights: layer1, layer2, fc, layer1.0, layer1.1, layer2.0 or layer2.1',
    ],
    [
      ['layer1', 'layer2', 'fc'],
      'expected some of the layers of report-cnn, got all of them: layer1, layer2, fc',
    ],
  ])('%j: %s', (freeze, problem) => {
    expect(() => frozenParameters(resolveModel(reportCnn), freeze)).toThrow(
      new InklingError(`freeze: ${problem}`),
    );
  });
});

/** A training step as the reference computes it in float64, on random images. */
function reference(model: Model, freeze: readonly string[]) {
  const batchSize = 3;
  const arena = new Arena();
  const network = allocateNetwork(arena, resolveModel(model), {
    frozen: frozenParameters(resolveModel(model), freeze),
  });
  const source = allocateSource(arena, model.input, batchSize);
  const training = trainingPlan(
    arena,
    { model: resolveModel(model), network, source, batchSize },
    {
      optimizer: { type: 'sgd', momentum: 0 },
    },
  );
  const reference = new ReferenceRun(arena, training.plan);
  const random = new Random(4);
  for (const [name, tensor] of network.parameters) {
    // Running statistics that are far from those of a batch.
    reference.set(tensor, () =>
      name.includes('running') ? random.uniform(0.5, 2) : random.uniform(-0.7, 0.7),
    );
  }
  reference.set(source.items, () => random.uint32() % 256);
  reference.set(source.labels, (image) => image % 3);
  const loss = () => {
    reference.run({ learningRate: 0 });
    return reference.get(training.results)[0];
  };
  return { network, plan: training.plan, reference, loss };
}

const opsOf = ({ plan }: ReturnType<typeof reference>) =>
  plan.stages.flatMap(({ ops }) => ops.map(({ op }) => op));

/** Three convolutions, with batch normalization after the second only. */
const tower = (channels: number): Model => ({
  name: 'tower',
  input: [6, 6, 1],
  layers: [
    conv2d({ name: 'first', outChannels: 2, kernel: 3, padding: 1 }),
    relu(),
    conv2d({ name: 'second', outChannels: channels, kernel: 3, padding: 1 }),
    batchNorm2d({ name: 'norm' }),
    relu(),
    maxPool2d({ kernel: 2 }),
    flatten(),
    linear({ name: 'hidden', outFeatures: 5 }),
    linear({ name: 'fc', outFeatures: 3 }),
  ],
});

// With four channels, normalization, ReLU and pooling are fused.
test.each<[channels: number, freeze: string[]]>([
  [3, ['second', 'norm']],
  [4, ['second', 'norm']],
  [4, ['norm', 'hidden']],
  [3, ['first', 'second', 'norm']],
])('with %i channels and %j frozen, gradients match finite differences of the loss', (channels, freeze) => {
  const { network, reference: run, loss } = reference(tower(channels), freeze);
  loss();
  expect(network.gradients.size).toBe(8 + 2 - freeze.length * 2);
  const gradients = [...network.gradients].map(([name, tensor]) => [name, run.get(tensor)] as const);
  for (const [name, gradient] of gradients) {
    const parameter = network.parameters.get(name);
    if (parameter === undefined) throw new Error(`no parameter ${name}`);
    expectSlopes(run, parameter, 1, gradient, loss);
  }
});

/** A grouped convolution, and batch normalization of vectors. */
const groups: Model = {
  name: 'groups',
  input: [5, 5, 1],
  layers: [
    conv2d({ name: 'first', outChannels: 4, kernel: 3 }),
    conv2d({ name: 'second', outChannels: 4, kernel: 2, groups: 2 }),
    batchNorm2d({ name: 'norm' }),
    relu(),
    flatten(),
    linear({ name: 'hidden', outFeatures: 5 }),
    batchNorm1d({ name: 'vector' }),
    linear({ name: 'fc', outFeatures: 3 }),
  ],
};

test('gradients are also correct for frozen grouped convolutions and for batch normalization of vectors', () => {
  const { network, reference: run, loss } = reference(groups, ['second', 'norm', 'vector']);
  loss();
  expect([...network.gradients.keys()].map((name) => name.split('.')[0])).not.toContain('second');
  const gradients = [...network.gradients].map(([name, tensor]) => [name, run.get(tensor)] as const);
  for (const [name, gradient] of gradients) {
    const parameter = network.parameters.get(name);
    if (parameter === undefined) throw new Error(`no parameter ${name}`);
    expectSlopes(run, parameter, 1, gradient, loss);
  }
});

test('no gradient is computed before the first trained layer', () => {
  const all = opsOf(reference(reportCnn, []));
  expect(all).toContain('conv2dWeightGrad');
  const head = opsOf(reference(reportCnn, ['layer1', 'layer2']));
  expect(head.filter((op) => op.includes('Grad') || op === 'transposeWeight')).toEqual(['linearWeightGrad']);
  expect(head).not.toContain('batchNormStatistics');
});

/** The names of the weights that differ. */
function namesOfChanged(before: Weights, after: Weights): string[] {
  const hashes = (weights: Weights, name: string) =>
    hashOf(new Map([[name, weights.get(name) ?? new Float32Array()]]));
  return [...before.keys()].filter((name) => hashes(before, name) !== hashes(after, name));
}

describe('a run initialized from another', () => {
  const runDir = sharedFolder();
  const hooks = { command: 'inkling train', onEvent: () => undefined };
  const start = async () => {
    const base = await run(runDir, { epochs: 2 });
    const settings = {
      dataset: 'others',
      epochs: 3,
      batchSize: 32,
      threads: 2,
      learningRate: 0.01,
      runDir,
      initFrom: base.folder,
      freeze: ['layer1', 'layer2'],
    };
    return { base, settings };
  };

  test('leaves frozen layers bit-identical, trains the head, and records it', async () => {
    const { base, settings } = await start();
    const { folder, summary } = await trainRun(parseConfig(settings), others, hooks);
    expect(summary).toMatchObject({ newHead: 'fc', stopReason: 'completed', model: { name: 'report-cnn' } });
    const [before, after] = [base.folder, folder].map(readSavedModel);
    expect(after.classes).toEqual(others.classes);
    for (const [name, values] of before.weights) {
      if (!name.startsWith('fc')) expect(after.weights.get(name), name).toEqual(values);
    }
    expect(after.weights.get('fc.bias')).toHaveLength(4);
    const { epochs } = summary;
    expect(epochs[2].trainLoss).toBeLessThan(epochs[0].trainLoss);
    expect(readRun(folder).config).toMatchObject({ initFrom: base.folder, freeze: ['layer1', 'layer2'] });
  });

  test('resumes with bit-identical results', async () => {
    const { settings } = await start();
    const whole = await trainRun(parseConfig(settings), others, hooks);
    const short = await trainRun(parseConfig({ ...settings, epochs: 2 }), others, hooks);
    const rest = await resumeRun(readResumePoint(short.folder, { epochs: 3 }), others, hooks);
    const lastOf = (folder: string) => {
      const { weights, batches } = readSavedModel(join(folder, 'checkpoints', 'last.safetensors'));
      return [hashOf(weights), batches];
    };
    expect(lastOf(rest.folder)).toEqual(lastOf(whole.folder));
    expect(rest.summary.newHead).toBe('fc');
  });

  test('with fineTune, trains the head, then also the last stages, with the same bits for any number of threads', async () => {
    const { base, settings } = await start();
    const tuning = { ...settings, freeze: undefined, fineTune: 2, learningRate: 0.001 };
    const runs = await Promise.all(
      [1, 2].map((threads) => trainRun(parseConfig({ ...tuning, threads }), others, hooks)),
    );
    const [one, two] = runs.map(({ folder }) => readSavedModel(folder).weights);
    expect(hashOf(two)).toBe(hashOf(one));
    const { weights } = readSavedModel(base.folder);
    expect(namesOfChanged(weights, one)).toEqual([
      'layer2.0.weight',
      'layer2.0.bias',
      'fc.weight',
      'fc.bias',
    ]);

    const short = await trainRun(parseConfig({ ...tuning, epochs: 2 }), others, hooks);
    const rest = await resumeRun(readResumePoint(short.folder, { epochs: 3 }), others, hooks);
    expect(hashOf(readSavedModel(rest.folder).weights)).toBe(hashOf(one));
    const { summary } = await trainRun(
      parseConfig({ ...tuning, fineTune: undefined, epochs: 1 }),
      others,
      hooks,
    );
    expect(rest.summary.epochs[0].trainLoss).toBeLessThan(summary.epochs[0].trainLoss);
  });

  test('with trainBatchNorm, also trains the normalization of the last stages, and resumes with the same bits', async () => {
    const { base, settings } = await start();
    const tuning = { ...settings, freeze: undefined, fineTune: 2, trainBatchNorm: true, epochs: 2 };
    const runs = await Promise.all(
      [1, 2].map((threads) => trainRun(parseConfig({ ...tuning, threads }), others, hooks)),
    );
    const [one, two] = runs.map(({ folder }) => readSavedModel(folder).weights);
    expect(hashOf(two)).toBe(hashOf(one));
    const short = await trainRun(parseConfig({ ...tuning, epochs: 1 }), others, hooks);
    const rest = await resumeRun(readResumePoint(short.folder, { epochs: 2 }), others, hooks);
    expect(readRun(rest.folder).config).toMatchObject({ fineTune: 2, trainBatchNorm: true });
    expect(hashOf(readSavedModel(rest.folder).weights)).toBe(hashOf(one));
    expect(namesOfChanged(readSavedModel(base.folder).weights, one)).toEqual([
      'layer2.0.weight',
      'layer2.0.bias',
      'layer2.1.weight',
      'layer2.1.bias',
      'layer2.1.running_mean',
      'layer2.1.running_var',
      'fc.weight',
      'fc.bias',
    ]);
  });

  test('is rejected before its folder is created if it does not fit', async () => {
    const { base, settings } = await start();
    const config = parseConfig({ ...settings, freeze: ['layer9'], name: 'rejected' });
    await expect(trainRun(config, others, hooks)).rejects.toThrow('freeze: unknown layer "layer9"');
    const colored = { ...others, shape: [8, 8, 3] as const };
    await expect(trainRun(parseConfig(settings), colored, hooks)).rejects.toThrow(
      `init-from: ${base.folder} expects images of 8×8×1, but those of others are 8×8×3`,
    );
    expect(() => readRun(join(runDir, 'rejected-1'))).toThrow('not a run folder');
  });
});
