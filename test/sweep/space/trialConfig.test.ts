import { describe, expect, it, test } from 'vitest';
import { parseSpace } from '#inkling/sweep/space/parseSpace.js';
import { checkSpace, trialConfig } from '#inkling/sweep/space/trialConfig.js';

const parse = (json: Parameters<typeof parseSpace>[0]) => parseSpace(json, 's.json');

describe('checkSpace', () => {
  const check = (json: Parameters<typeof parseSpace>[0]) => checkSpace(parse(json), 's.json');

  test.each<[Parameters<typeof parseSpace>[0], string]>([
    [
      { learningRate: { float: [0, 1] } },
      's.json: learningRate = 0: config: learningRate: expected more than 0, got 0',
    ],
    [{ momentum: { float: [0, 1] } }, 's.json: momentum = 1: config: momentum: expected less than 1, got 1'],
    [
      { optimizer: { choice: ['adam', 'adm'] } },
      's.json: optimizer = "adm": config: optimizer: unknown value',
    ],
    [{ model: { choice: ['mlp', 'mpl'] } }, 's.json: model = "mpl": unknown model "mpl"'],
    [
      {
        sampling: { choice: ['shuffled', 'balanced'] },
        classWeights: { choice: ['balanced'], when: { sampling: ['balanced'] } },
      },
      's.json: sampling = "balanced": config: sampling: balanced sampling shows',
    ],
    [
      {
        optimizer: { choice: ['adam', 'sgd'] },
        schedule: { choice: ['constant', 'step'], when: { optimizer: ['adam'] } },
        momentum: { float: [0, 0.9], when: { optimizer: ['sgd'], schedule: ['step'] } },
      },
      's.json: momentum: when: expected conditions that can hold at the same time; change one',
    ],
    [
      { 'model.width': { int: [0, 64] } },
      's.json: model.width = 0: preset "report-cnn": width: expected at least 1, got 0',
    ],
    [
      { model: 'mlp', 'model.depth': { int: [1, 12] } },
      's.json: model.depth = 12: preset "mlp": depth: expected at most 8, got 12',
    ],
    [
      { model: { choice: ['mlp', 'lenet5'] }, 'model.width': { int: [8, 64] } },
      's.json: model = "lenet5": model.width: the preset lenet5 has no such option; leave it out, or state the models that have it: "when": { "model": […] }',
    ],
    [
      { model: 'mlp:width=8', 'model.width': { int: [8, 64] } },
      's.json: model.width = 8: model "mlp:width=8,width=8": expected each option once, got width twice; remove one',
    ],
    [
      { model: 'net.json', 'model.width': { int: [8, 64] } },
      's.json: model.width = 8: model.width: expected a preset as the model, got the file net.json; choose a preset, or leave it out',
    ],
    [
      { backbone: 'resnet-18', 'model.dropout': { float: [0, 0.5] } },
      's.json: model.dropout = 0: model.dropout: cannot be used with backbone, which determines the model; leave one of them out',
    ],
  ])('rejects %j', (json, message) => {
    expect(() => check(json)).toThrow(message);
  });

  it('accepts values that train accepts', () => {
    expect(check({ learningRate: { float: [1e-4, 1], log: true }, clipNorm: { choice: [null, 1] } })).toBe(
      undefined,
    );
  });

  it('makes configurations from fixed and varied settings, without those that are null', () => {
    const space = parse({ epochs: 3, batchSize: 32, clipNorm: { choice: [null, 1] } });
    expect(trialConfig(space, { clipNorm: 1 })).toMatchObject({
      epochs: 3,
      batchSize: 32,
      clipNorm: 1,
    });
    expect(trialConfig(space, { clipNorm: null })).not.toHaveProperty('clipNorm');
  });
});

test('options of the model are part of its name', () => {
  const space = parse({
    model: { choice: ['lenet5', 'mlp:depth=2', 'report-cnn'] },
    'model.width': { int: [8, 128], log: true, when: { model: ['mlp:depth=2', 'report-cnn'] } },
    'model.dropout': { choice: [null, 0.5], when: { model: ['report-cnn'] } },
  });
  checkSpace(space, 's.json');
  const modelOf = (params: Parameters<typeof trialConfig>[1]) => trialConfig(space, params).model;
  expect(modelOf({ model: 'lenet5' })).toBe('lenet5');
  expect(modelOf({ model: 'mlp:depth=2', 'model.width': 12 })).toBe('mlp:depth=2,width=12');
  expect(modelOf({ model: 'report-cnn', 'model.width': 8, 'model.dropout': 0.5 })).toBe(
    'report-cnn:width=8,dropout=0.5',
  );
  expect(modelOf({ model: 'report-cnn', 'model.width': 8, 'model.dropout': null })).toBe(
    'report-cnn:width=8',
  );
  const byDefault = parse({ 'model.depth': { int: [1, 3] } });
  expect(trialConfig(byDefault, { 'model.depth': 3 }).model).toBe('report-cnn:depth=3');
});
