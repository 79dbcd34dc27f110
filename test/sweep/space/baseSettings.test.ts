import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { toStateDict } from '#inkling/interop/torch/stateDict.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { planSweep, type SweepOptions } from '#inkling/sweep/planSweep.js';
import { parseConfig } from '#inkling/train/config.js';
import { recipe } from '#inkling/train/recipes.js';
import { temporaryFolder } from '../../data/tinySet.js';

const rate = { learningRate: { float: [0.001, 0.1], log: true } };
const GRAY = [28, 28, 1];
const COLOR = [32, 32, 3];

function spaceOf(options: Partial<SweepOptions>, shape: readonly number[] = GRAY) {
  return planSweep({ space: rate, ...options }).spaceFor(shape);
}

function configFile(settings: object): string {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, JSON.stringify(parseConfig(settings)));
  return file;
}

it('takes the settings of a recipe for the images that the space neither varies nor states', () => {
  const { gray, color } = recipe('best');
  expect(spaceOf({ recipe: 'best' })).toMatchObject({ ...gray, ...rate });
  expect(spaceOf({ recipe: 'best' }, COLOR)).toMatchObject({ ...color, ...rate });
  const own = { ...rate, clipNorm: { choice: [null, 1] }, epochs: 3 };
  expect(spaceOf({ recipe: 'best', space: own, settings: { model: 'mlp' } })).toMatchObject({
    ...gray,
    ...own,
    model: 'mlp',
  });
});

it('takes the settings of a file that differ from the defaults, without its folders', () => {
  const file = configFile({
    model: 'mlp',
    optimizer: 'sgd',
    learningRate: 0.5,
    epochs: 7,
    runDir: 'x',
    name: 'y',
  });
  const settings = { optimizer: 'adamw' } as const;
  expect(spaceOf({ file, settings })).toEqual({ model: 'mlp', epochs: 7, ...settings, ...rate });
});

it('takes a backbone of a file with its defaults, and no model', () => {
  const file = configFile({ backbone: 'mobilenet-v2', model: 'mobilenet-v2', epochs: 3 });
  const space = spaceOf({ file });
  expect(space).toMatchObject({ backbone: 'mobilenet-v2', epochs: 3, ...rate });
  expect(space).not.toHaveProperty('model');
});

it('keeps the model of a file with its published weights, which all trials share', () => {
  const file = configFile({ weights: 'imagenet', model: 'mobilenet-v2', imageSize: 64 });
  expect(spaceOf({ file })).toEqual({ weights: 'imagenet', model: 'mobilenet-v2', imageSize: 64, ...rate });
  expect(planSweep({ space: rate, file }).model).toEqual({ input: [64, 64, 3], inputKind: 'photo' });
  const varied = { ...rate, weights: { choice: ['imagenet', null] } };
  expect(() => spaceOf({ space: varied, file })).toThrow('since the images are loaded once for all trials');
});

it('keeps the model of a file that starts from weights only, but not of one that starts from a model', () => {
  const model = preset('mlp', { input: GRAY, classes: 10 });
  const weights = initialWeights(resolveModel(model), new Random(0));
  const saved = { model, weights, classes: [...'0123456789'], dataset: 'digits', batches: 0 };
  const initFrom = join(temporaryFolder(), 'weights.safetensors');
  writeFileSync(initFrom, encodeSafetensors(toStateDict(model, weights, 0), {}));
  expect(spaceOf({ file: configFile({ initFrom, model: 'mlp' }) })).toEqual({
    initFrom,
    model: 'mlp',
    ...rate,
  });
  writeFileSync(initFrom, encodeCheckpoint(saved));
  expect(spaceOf({ file: configFile({ initFrom, model: 'mlp' }) })).toEqual({ initFrom, ...rate });
});

it('rejects what cannot be combined, and what the recipe does not allow', () => {
  expect(() => spaceOf({ recipe: 'bets' })).toThrow('unknown recipe "bets" (did you mean "best"?)');
  expect(() => spaceOf({ recipe: 'best', file: configFile({}) })).toThrow(
    'recipe: cannot be used with the settings of a file; leave one of them out',
  );
  expect(() => spaceOf({ recipe: 'best', settings: { backbone: 'mobilenet-v2' } })).toThrow(
    'recipe: cannot be used with a backbone, which has settings of its own; leave one of them out',
  );
  expect(() => spaceOf({ recipe: 'fast', space: { warmupEpochs: { float: [0.5, 1.5] } } })).toThrow(
    'space: warmupEpochs = 1.5: config: warmupEpochs: expected less than 1 epoch, the length of the run, got 1.5',
  );
});
