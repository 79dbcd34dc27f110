import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { listNames } from '#inkling/core/suggest.js';
import { augmentationSchema } from '#inkling/plan/augmentation.js';
import { configSchema, flags, numericSettings, parseConfig } from '#inkling/train/config.js';
import { optimizerNames } from '#inkling/train/optimization/optimizers.js';

test('defaults to the report’s settings', () => {
  expect(parseConfig({})).toEqual({
    model: 'report-cnn',
    dataset: 'mnist',
    device: 'cpu',
    epochs: 5,
    augmentedViews: 4,
    batchSize: 64,
    learningRate: 0.001,
    optimizer: 'adam',
    momentum: 0.9,
    schedule: 'constant',
    stepEpochs: 2,
    stepFactor: 0.1,
    labelSmoothing: 0,
    seed: 0,
    monitor: 'accuracy',
    sampling: 'shuffled',
    skipUnreadable: false,
    splitSeed: 42,
    runDir: 'runs',
  });
});

test('preserves the given values', () => {
  const settings = {
    model: 'mlp',
    dataDir: 'd',
    optimizer: 'sgd',
    momentum: 0,
    threads: 3,
    name: 'my-run.1',
  };
  expect(parseConfig(settings)).toEqual({ ...parseConfig({}), ...settings });
});

const SETTINGS = listNames(Object.keys(configSchema.shape));

test.each<[settings: unknown, problem: string]>([
  [{ epoch: 3 }, `unknown setting "epoch" (did you mean "epochs"?); expected ${SETTINGS}`],
  [{ zzzzzzzzzzzz: 3 }, `unknown setting "zzzzzzzzzzzz"; expected ${SETTINGS}`],
  [{ epochs: 0 }, 'epochs: expected at least 1, got 0'],
  [{ epochs: 1.5 }, 'epochs: expected a whole number, got 1.5'],
  [{ epochs: '3' }, 'epochs: expected a number, got "3"'],
  [{ batchSize: 65_537 }, 'batchSize: expected at most 65536, got 65537'],
  [{ learningRate: 0 }, 'learningRate: expected more than 0, got 0'],
  [{ learningRate: Infinity }, 'learningRate: expected a number, got Infinity'],
  [{ momentum: 1 }, 'momentum: expected less than 1, got 1'],
  [
    { optimizer: 'adamax' },
    `optimizer: unknown value "adamax" (did you mean "adam"?); expected ${listNames(optimizerNames)}`,
  ],
  [{ schedule: 'liner' }, `schedule: unknown value "liner"; expected constant, step, cosine or one-cycle`],
  [
    { augment: { rotat: 3, border: 'reflct' } },
    'augment.border: unknown value "reflct" (did you mean "reflect"?); expected zero or reflect; ' +
      `augment: unknown setting "rotat" (did you mean "rotate"?); expected ${listNames(Object.keys(augmentationSchema.shape))}`,
  ],
  [{ augment: { crop: 1.5 } }, 'augment.crop: expected a whole number, got 1.5'],
  [
    { freeze: ['layer1'] },
    'freeze: requires backbone, weights, or initFrom, since untrained layers would be frozen otherwise; set one of them, or leave it out',
  ],
  [
    { fineTune: 1 },
    'fineTune: requires backbone, weights, or initFrom, since untrained layers would be frozen otherwise; set one of them, or leave it out',
  ],
  [
    { initFrom: 'a', backbone: 'efficientnet-lite0' },
    'backbone: cannot be used with initFrom; leave one of them out',
  ],
  [
    { weights: 'imagenet', backbone: 'efficientnet-lite0' },
    'backbone: cannot be used with weights; leave one of them out',
  ],
  [
    { weights: 'imagenet', model: 'resnet-18', initFrom: 'a' },
    'weights: cannot be used with initFrom; leave one of them out',
  ],
  [
    { weights: 'imagenet' },
    'weights: expected a model with published weights, resnet-18, mobilenet-v2, mobilenet-v3-small or efficientnet-lite0, ' +
      'got report-cnn; choose one of them (the option model), or leave out weights',
  ],
  [{ weights: 'coco', model: 'resnet-18' }, 'weights: unknown value "coco"; expected imagenet'],
  [
    { initFrom: 'a', freeze: ['b'], fineTune: 1 },
    'fineTune: cannot be used with freeze, since it freezes all but the last stages; leave one of them out',
  ],
  [
    { initFrom: 'a', trainBatchNorm: true },
    'trainBatchNorm: requires fineTune; set it, or leave out trainBatchNorm',
  ],
  [
    { sampling: 'balanced', classWeights: 'balanced' },
    'sampling: balanced sampling shows all classes equally often, so that rare ones would count more than frequent ones with balanced class weights; leave out one of sampling and classWeights',
  ],
  [
    { trainLimit: 100, trainLimitPerClass: 10 },
    'trainLimit: cannot be used with trainLimitPerClass; leave one of them out',
  ],
  [{ initFrom: 'a', freeze: [] }, 'freeze: expected array to have >=1 items'],
  [{ clipNorm: 0 }, 'clipNorm: expected more than 0, got 0'],
  [{ emaDecay: 1 }, 'emaDecay: expected less than 1, got 1'],
  [{ patience: 0 }, 'patience: expected at least 1, got 0'],
  [{ seed: -1 }, 'seed: expected at least 0, got -1'],
  [{ threads: 257 }, 'threads: expected at most 256, got 257'],
  [{ name: '../up' }, 'name: expected letters, digits, "-", "_" and "."'],
  [{ warmupEpochs: 5 }, 'warmupEpochs: expected less than 5 epochs, the length of the run, got 5'],
  [
    { schedule: 'one-cycle', epochs: 2, warmupEpochs: 2.5 },
    'warmupEpochs: expected less than 2 epochs, the length of the run, got 2.5',
  ],
  [{ schedule: 'step', epochs: 2 }, 'stepEpochs: expected less than 2 epochs, the length of the run, got 2'],
  [{ epochs: 0, seed: -1 }, 'epochs: expected at least 1, got 0; seed: expected at least 0, got -1'],
])('rejects %j', (settings, problem) => {
  expect(() => parseConfig(settings)).toThrow(new UsageError(`config: ${problem}`));
});

test('distinguishes the settings that affect the results of a run', () => {
  const run = parseConfig({ seed: 3 });
  const elsewhere = { ...run, threads: 7, runDir: 'there', dataDir: 'here', name: 'other' };
  expect(numericSettings(elsewhere)).toEqual(numericSettings(run));
  expect(numericSettings(run)).toMatchObject({ seed: 3, model: 'report-cnn', schedule: 'constant' });
});

test('every setting has a flag with a description', () => {
  for (const [name, schema] of Object.entries(configSchema.shape)) {
    expect(flags.get(schema)?.help, name).toMatch(/\w/);
  }
});
