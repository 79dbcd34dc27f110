import { describe, expect, it, test } from 'vitest';
import { parseSpace } from '#inkling/sweep/space/parseSpace.js';
import { chooseParams } from '#inkling/sweep/space/space.js';

const parse = (json: Parameters<typeof parseSpace>[0]) => parseSpace(json, 's.json');

describe('parseSpace', () => {
  it('separates plain values from distributions, and orders parameters after their conditions', () => {
    const { fixed, parameters } = parse({
      model: 'mlp',
      augment: { shift: 2 },
      momentum: { float: [0.5, 0.95], when: { optimizer: ['sgd', 'nesterov'] } },
      optimizer: { choice: ['adam', 'sgd', 'nesterov'] },
      batchSize: { int: [16, 60], step: 16 },
      learningRate: { float: [1e-4, 1e-1], log: true },
    });
    expect(fixed).toEqual({ model: 'mlp', augment: { shift: 2 } });
    expect(parameters.map(({ name }) => name)).toEqual([
      'optimizer',
      'momentum',
      'batchSize',
      'learningRate',
    ]);
    expect(parameters[2].distribution).toEqual({ kind: 'int', low: 16, high: 48, step: 16, log: false });
  });

  it('leaves out parameters whose conditions do not hold', () => {
    const space = parse({
      optimizer: { choice: ['adam', 'sgd'] },
      momentum: { float: [0.5, 0.9], when: { optimizer: ['sgd'] } },
    });
    const names = (optimizer: string) =>
      Object.keys(chooseParams(space, ({ name }) => (name === 'optimizer' ? optimizer : 0.5)));
    expect(names('adam')).toEqual(['optimizer']);
    expect(names('sgd')).toEqual(['optimizer', 'momentum']);
  });

  test.each<[Parameters<typeof parseSpace>[0], string]>([
    [{ lerningRate: 1 }, 's.json: unknown setting "lerningRate" (did you mean "learningRate"?); expected'],
    [{ name: 'a' }, 's.json: name: belongs to the sweep, not to its trials; use a flag instead'],
    [
      { folds: 5 },
      's.json: folds: trials are not cross-validated, but ranked by one validation split; leave it out',
    ],
    [
      { device: 'auto', epochs: { int: [1, 5] } },
      's.json: device: expected one device for all trials, since each would choose for itself, got "auto"; choose "cpu" or "gpu"',
    ],
    [
      { epochs: 3 },
      's.json: expected at least one setting that varies, got only plain values; use "inkling train" instead',
    ],
    [
      { learningRate: { flot: [0, 1] } },
      's.json: learningRate: expected a value, or a distribution with "choice", "int", or "float", got an object with "flot"',
    ],
    [
      { seed: { int: [0, 9] } },
      's.json: seed: expected a plain value, since the best of several seeds would be the luckiest, not the best settings, got a distribution; choose a value',
    ],
    [
      { epochs: { int: [5, 5] } },
      's.json: epochs: int: expected [low, high] with low below high, got [5, 5]; swap them, or state one value',
    ],
    [
      { learningRate: { float: [0, 1], log: true } },
      's.json: learningRate: float: expected low above 0, as "log" requires, got [0, 1]; increase it, or remove "log"',
    ],
    [
      { learningRate: { float: [0.1, 1], log: true, step: 0.1 } },
      's.json: learningRate: expected "log" or "step", got both; remove one',
    ],
    [
      { epochs: { int: [1, 3], step: 5 } },
      's.json: epochs: step: expected at most 2, the size of the range, got 5; decrease it',
    ],
    [{ epochs: { int: [1, 3], stpe: 1 } }, 's.json: epochs: unknown setting "stpe" (did you mean "step"?)'],
    [{ epochs: { int: [1.5, 3] } }, 's.json: epochs: int.0: expected a whole number, got 1.5'],
    [
      { optimizer: { choice: [] } },
      's.json: optimizer: choice: expected at least one value, got none; add one, or remove the setting',
    ],
    [
      { optimizer: { choice: ['sgd', 'adam', 'sgd'] } },
      's.json: optimizer: choice: expected different values, got "sgd" twice; remove one',
    ],
    [
      { momentum: { float: [0, 0.9], when: { optimizer: ['sgd'] } } },
      's.json: momentum: when: optimizer: expected a setting of this file, got another; add it, or remove the condition',
    ],
    [
      { optimizer: 'adam', momentum: { float: [0, 0.9], when: { optimizer: ['sgd'] } } },
      's.json: momentum: when: optimizer: expected values that it can have, "adam", got "sgd"; remove it',
    ],
    [
      { epochs: { int: [1, 3] }, momentum: { float: [0, 0.9], when: { epochs: [1] } } },
      's.json: momentum: when: epochs: expected a setting with "choice", got a range; conditions compare single values',
    ],
    [
      {
        optimizer: { choice: ['sgd'], when: { schedule: ['step'] } },
        schedule: { choice: ['step'], when: { optimizer: ['sgd'] } },
      },
      's.json: optimizer: when: expected conditions without a cycle, got optimizer, schedule, optimizer; remove one',
    ],
  ])('rejects %j', (json, message) => {
    expect(() => parse(json)).toThrow(message);
  });
});
