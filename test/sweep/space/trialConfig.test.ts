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
