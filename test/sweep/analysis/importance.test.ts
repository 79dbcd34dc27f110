import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parameterImportance } from '#inkling/sweep/analysis/importance.js';
import { Journal } from '#inkling/sweep/journal/journal.js';
import type { SweepState } from '#inkling/sweep/journal/replay.js';
import { valueAt } from '#inkling/sweep/space/distribution.js';
import { chooseParams, type Params } from '#inkling/sweep/space/space.js';
import type { Direction } from '#inkling/sweep/trial.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { findPython, noOptuna, runPythonProgram } from '../../helpers/python.js';

const space = {
  optimizer: { choice: ['adam', 'sgd', null] },
  momentum: { float: [0, 0.9], step: 0.05, when: { optimizer: ['sgd'] } },
  learningRate: { float: [1e-4, 1], log: true },
  batchSize: { int: [16, 512], step: 16 },
  stepEpochs: { int: [1, 90], log: true },
  clipNorm: { float: [0.5, 5] },
  schedule: { choice: ['cosine'] },
};

const numberOf = (value: Params[string]) => (typeof value === 'number' ? value : 0);

/** How good settings are: the learning rate matters most, then the momentum, if there is one. */
function scoreOf({ optimizer, momentum, learningRate, batchSize }: Params): number {
  const distance = Math.abs(Math.log10(numberOf(learningRate)) + 2);
  const withMomentum = optimizer === 'sgd' ? 0.3 * numberOf(momentum) : 0.1;
  return 0.6 - 0.2 * distance + withMomentum - numberOf(batchSize) / 10_000;
}

interface Written {
  readonly state: SweepState;
  readonly path: string;
}

/** A journal of trials whose values cover the space evenly; every seventh is pruned, every eleventh fails. */
function writeTrials(count: number, direction: Direction, score = scoreOf): Written {
  const path = join(temporaryFolder(), 'journal.jsonl');
  const definition = {
    format: 1,
    version: '0.1.0',
    space,
    sampler: 'random',
    pruner: 'none',
    fingerprint: { train: 'a', test: 'b' },
  } as const;
  const journal = Journal.create(path, { name: 'a-1', direction, definition, target: count });
  for (let number = 0; number < count; number++) {
    const params = chooseParams(journal.state.space, ({ distribution }, index) =>
      valueAt(distribution, ((number + 1) * Math.sqrt([2, 3, 5, 7, 11, 13, 17][index])) % 1),
    );
    journal.startTrial(params);
    const value = score(params);
    if (number % 11 === 10) journal.failTrial(number, 'the loss is NaN');
    else if (number % 7 === 6) journal.endTrial(number, 'pruned', value / 2);
    else journal.endTrial(number, 'complete', direction === 'maximize' ? value : -value);
  }
  return { state: journal.state, path };
}

/** The importances that PROGRAM prints for the same trials, with Optuna 5.0.0. */
const cases = [
  {
    count: 13,
    direction: 'maximize',
    expected: {
      momentum: 0.49797386886249967,
      learningRate: 0.4334088804820558,
      stepEpochs: 0.04401666779482368,
      optimizer: 0.017213583962685616,
      batchSize: 0.004501933685223748,
      clipNorm: 0.0028850652127114704,
      schedule: 0,
    },
  },
  {
    count: 40,
    direction: 'minimize',
    expected: {
      learningRate: 0.7921128407000385,
      momentum: 0.10248439094532925,
      optimizer: 0.03802665687822981,
      batchSize: 0.02818849679838625,
      stepEpochs: 0.022904158500201145,
      clipNorm: 0.016283456177815056,
      schedule: 0,
    },
  },
  {
    count: 120,
    direction: 'maximize',
    expected: {
      learningRate: 0.5922962239821272,
      momentum: 0.2192582638935461,
      stepEpochs: 0.10556810569933736,
      optimizer: 0.042326477988057776,
      batchSize: 0.028526243494973746,
      clipNorm: 0.012024684941957867,
      schedule: 0,
    },
  },
] as const;

const PROGRAM = `
import json, sys, optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
study = optuna.load_study(study_name=None, storage=JournalStorage(JournalFileBackend(sys.argv[1])))
print(json.dumps(optuna.importance.get_param_importances(study)))
`;

const python = findPython('optuna');

describe('parameterImportance', () => {
  it.each(cases)('is that of Optuna for $count trials', ({ count, direction, expected }) => {
    const importance = parameterImportance(writeTrials(count, direction).state);
    expect([...importance.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) expect(importance.get(name)).toBeCloseTo(value, 9);
    const values = [...importance.values()];
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it.skipIf(python === undefined).each(cases)(
    `is that of the installed Optuna for $count trials${python === undefined ? ` (skipped: ${noOptuna})` : ''}`,
    ({ count, direction }) => {
      const { state, path } = writeTrials(count, direction);
      const expected = JSON.parse(
        runPythonProgram(python ?? '', ['-W', 'ignore', '-c', PROGRAM, path], temporaryFolder()),
      ) as Record<string, number>;
      const importance = Object.fromEntries(parameterImportance(state));
      expect(Object.keys(importance).sort()).toEqual(Object.keys(expected).sort());
      for (const [name, value] of Object.entries(expected)) expect(importance[name]).toBeCloseTo(value, 9);
    },
  );

  it('is equal for all parameters if all trials are equally good', () => {
    const importance = parameterImportance(writeTrials(14, 'maximize', () => 0.5).state);
    expect(new Set(importance.values())).toEqual(new Set([1 / 7]));
  });

  it('is empty for fewer than 10 complete trials, and without parameters that no complete trial has', () => {
    const { state } = writeTrials(13, 'maximize');
    expect(state.trials.filter(({ state: each }) => each === 'complete')).toHaveLength(11);
    const nine = state.trials.slice(0, -2);
    expect(parameterImportance({ ...state, trials: nine })).toEqual(new Map());
    const { trials } = writeTrials(40, 'maximize').state;
    const adam = trials.filter(({ params }) => params.optimizer !== 'sgd');
    expect(parameterImportance({ ...state, trials: adam }).has('momentum')).toBe(false);
    expect(parameterImportance({ ...state, trials: [] })).toEqual(new Map());
  });
});
