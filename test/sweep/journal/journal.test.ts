import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { Journal, readJournal } from '#inkling/sweep/journal/journal.js';
import type { SeedRun, SweepDefinition } from '#inkling/sweep/journal/records.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { findPython, noOptuna, runPythonProgram } from '../../helpers/python.js';

const definition: SweepDefinition = {
  format: 1,
  version: '0.1.0',
  space: {
    epochs: 3,
    optimizer: { choice: ['adam', 'sgd', null] },
    momentum: { float: [0, 0.9], step: 0.3, when: { optimizer: ['sgd'] } },
    learningRate: { float: [1e-4, 1], log: true },
    batchSize: { int: [16, 64], step: 16 },
    stepEpochs: { int: [1, 9], log: true },
  },
  sampler: 'tpe',
  pruner: 'asha',
  seeds: [1, 2],
  fingerprint: { train: 'a', test: 'b' },
};

const shared = { learningRate: 0.01, batchSize: 32, stepEpochs: 3 };

/** Written one after the other; the second replaces the first. */
const seedRuns: readonly SeedRun[] = [
  { trial: 0, seed: 1, run: 'trial-0-seed-1-1' },
  { trial: 0, seed: 1, run: 'trial-0-seed-1-1', value: 0.625 },
  { trial: 0, seed: 2, run: 'trial-0-seed-2-1', error: 'the loss is NaN' },
];

/** Four trials: complete, pruned, failed, and running. */
function writeJournal(path: string): Journal {
  const journal = Journal.create(path, { name: 'a-1', direction: 'maximize', definition, target: 9 });
  journal.startTrial({ optimizer: 'sgd', momentum: 0.3, ...shared });
  journal.setRun(0, 'trial-0-1');
  for (const [index, value] of [0.5, 0.75, 0.7].entries()) journal.addEpoch(0, index + 1, value);
  journal.endTrial(0, 'complete', 0.75);
  journal.startTrial({ optimizer: 'adam', ...shared });
  journal.addEpoch(1, 1, 0.25);
  journal.endTrial(1, 'pruned', 0.25);
  journal.startTrial({ optimizer: null, ...shared });
  journal.failTrial(2, 'the loss is NaN');
  journal.startTrial({ optimizer: 'adam', ...shared }, 1);
  journal.continueTrial(3, 2);
  for (const run of seedRuns) journal.setSeedRun(run);
  return journal;
}

const pathOf = () => join(temporaryFolder(), 'journal.jsonl');

describe('a journal', () => {
  it('states what was written to it', () => {
    const path = pathOf();
    const written = writeJournal(path).state;
    expect(readJournal(path)).toEqual(written);
    expect(written).toMatchObject({
      name: 'a-1',
      direction: 'maximize',
      definition,
      target: 9,
      test: undefined,
      seedRuns: seedRuns.slice(1),
    });
    const none = { run: undefined, error: undefined, value: undefined };
    expect(written.trials).toEqual([
      {
        ...none,
        number: 0,
        params: { optimizer: 'sgd', momentum: 0.3, ...shared },
        state: 'complete',
        epochs: new Map([
          [1, 0.5],
          [2, 0.75],
          [3, 0.7],
        ]),
        value: 0.75,
        run: 'trial-0-1',
      },
      {
        ...none,
        number: 1,
        params: { optimizer: 'adam', ...shared },
        state: 'pruned',
        epochs: new Map([[1, 0.25]]),
        value: 0.25,
      },
      {
        ...none,
        number: 2,
        params: { optimizer: null, ...shared },
        state: 'failed',
        epochs: new Map(),
        error: 'the loss is NaN',
      },
      {
        ...none,
        number: 3,
        params: { optimizer: 'adam', ...shared },
        state: 'running',
        epochs: new Map(),
        until: 2,
      },
    ]);
  });

  it('grows by a line that is on the disk before it has an effect', () => {
    const path = pathOf();
    const journal = writeJournal(path);
    const before = readFileSync(path, 'utf8');
    const kinds: string[] = [];
    setFileOperationHook(({ kind }) => {
      kinds.push(kind);
      return undefined;
    });
    onTestFinished(() => {
      setFileOperationHook(undefined);
    });
    journal.setTarget(12);
    expect(kinds).toEqual(['append', 'write', 'sync']);
    const after = readFileSync(path, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after.slice(before.length)).toBe(
      '{"op_code":2,"worker_id":"inkling","study_id":0,"user_attr":{"trials":12}}\n',
    );
  });

  it('ignores a line that a killed process did not complete, and replaces it', () => {
    const path = pathOf();
    const { state } = writeJournal(path);
    const complete = readFileSync(path, 'utf8');
    appendFileSync(path, '{"op_code":7,"worker_id":"inkl');
    expect(readJournal(path)).toEqual(state);
    Journal.open(path).addEpoch(3, 1, 0.5);
    expect(readFileSync(path, 'utf8').split('\n').slice(-2)).toEqual([
      '{"op_code":7,"worker_id":"inkling","trial_id":3,"step":1,"intermediate_value":0.5}',
      '',
    ]);
    expect(readFileSync(path, 'utf8').startsWith(complete)).toBe(true);
  });

  it('ignores what the dashboard of Optuna writes about its trials', () => {
    const path = pathOf();
    const { state } = writeJournal(path);
    const worker_id = 'c0ffee-1';
    const failed = { op_code: 6, worker_id, trial_id: 3, state: 3, values: null, datetime_complete: '2026' };
    const noted = { op_code: 8, worker_id, trial_id: 3, user_attr: { run: 'elsewhere' } };
    appendFileSync(path, `${JSON.stringify(noted)}\n${JSON.stringify(failed)}\n`);
    expect(readJournal(path)).toEqual(state);
    Journal.open(path).endTrial(3, 'complete', 0.5);
    expect(readJournal(path).trials[3]).toMatchObject({ state: 'complete', value: 0.5, run: undefined });
  });

  it('is read from lines written by hand, with notes of other programs', () => {
    const path = pathOf();
    const lines = [
      { op_code: 0, worker_id: 'inkling', study_name: 'b', directions: [1] },
      { op_code: 2, worker_id: 'inkling', study_id: 0, user_attr: { definition } },
      { op_code: 2, worker_id: 'inkling', study_id: 0, user_attr: { trials: 2 } },
      { op_code: 3, worker_id: 'y', study_id: 0, system_attr: { note: 'a' } },
      { op_code: 2, worker_id: 'y', study_id: 0, user_attr: { other: 1 } },
      {
        op_code: 4,
        worker_id: 'inkling',
        study_id: 0,
        state: 0,
        datetime_start: '2026-01-01T00:00:00.000000+00:00',
        params: { optimizer: 1, momentum: 0.6 },
        distributions: {},
      },
      { op_code: 7, worker_id: 'inkling', trial_id: 0, step: 1, intermediate_value: 2.5 },
      { op_code: 6, worker_id: 'inkling', trial_id: 0, state: 1, values: [2.5], datetime_complete: '2026' },
      {
        op_code: 2,
        worker_id: 'inkling',
        study_id: 0,
        user_attr: { test: { trial: 0, accuracy: 0.5, loss: 2 } },
      },
    ];
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { trials, ...state } = readJournal(path);
    expect(state).toMatchObject({ name: 'b', direction: 'minimize', target: 2, test: { accuracy: 0.5 } });
    expect(trials).toMatchObject([
      { state: 'complete', value: 2.5, params: { optimizer: 'sgd', momentum: 0.6 } },
    ]);
  });

  test.each([
    ['{"op_code":7,\n', 'journal.jsonl: line 22: not valid JSON ('],
    [
      '{"op_code":1,"study_id":0}\n',
      'journal.jsonl: line 22: op_code: expected an operation of a sweep, got another; another program wrote it',
    ],
    [
      '{"op_code":7,"trial_id":3,"step":-1,"intermediate_value":1}\n',
      'journal.jsonl: line 22: step: expected at least 0, got -1',
    ],
    [
      '{"op_code":7,"trial_id":0,"step":4,"intermediate_value":1}\n',
      'journal.jsonl: expected trial 0 to be running, got complete; the file was edited, or several programs wrote it',
    ],
    [
      '{"op_code":7,"trial_id":7,"step":4,"intermediate_value":1}\n',
      'journal.jsonl: expected trial 7 to be running, got no such trial; ',
    ],
    [
      '{"op_code":2,"study_id":0,"user_attr":{"trial-0-seed-1":{"trial":0}}}\n',
      'journal.jsonl: trial-0-seed-1: seed: expected a number, got undefined',
    ],
    [
      '{"op_code":0,"study_name":"c","directions":[1]}\n',
      'journal.jsonl: expected one study, got another named "c"; another program wrote it',
    ],
  ])('with the line %j is rejected', (line, message) => {
    const path = pathOf();
    writeJournal(path);
    appendFileSync(path, line);
    expect(() => readJournal(path)).toThrow(message);
  });

  it('of another program is rejected', () => {
    const path = pathOf();
    writeFileSync(path, '{"op_code":0,"study_name":"c","directions":[1]}\n');
    expect(() => readJournal(path)).toThrow(
      'expected the journal of a sweep, got one that does not state its definition; another program wrote it',
    );
  });
});

const PROGRAM = `
import json, sys, optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.load_study(study_name=None, storage=JournalStorage(JournalFileBackend(sys.argv[1])))
print(json.dumps({
    "name": study.study_name, "direction": study.direction.name, "best": study.best_trial.number,
    "trials": [[t.state.name, t.value, t.params, t.intermediate_values, t.user_attrs] for t in study.trials],
    "seeds": {key: value for key, value in study.user_attrs.items() if "seed-" in key},
    "single": [d.single() for d in study.trials[0].distributions.values()],
}))
`;

const python = findPython('optuna');
test.skipIf(python === undefined)(
  `Optuna opens a journal${python === undefined ? ` (skipped: ${noOptuna})` : ''}`,
  () => {
    const path = pathOf();
    writeJournal(path);
    expect(JSON.parse(runPythonProgram(python ?? '', ['-c', PROGRAM, path], temporaryFolder()))).toEqual({
      name: 'a-1',
      direction: 'MAXIMIZE',
      best: 0,
      trials: [
        [
          'COMPLETE',
          0.75,
          { optimizer: 'sgd', momentum: 0.3, ...shared },
          { 1: 0.5, 2: 0.75, 3: 0.7 },
          { run: 'trial-0-1' },
        ],
        ['PRUNED', 0.25, { optimizer: 'adam', ...shared }, { 1: 0.25 }, {}],
        ['FAIL', null, { optimizer: null, ...shared }, {}, { error: 'the loss is NaN' }],
        ['RUNNING', null, { optimizer: 'adam', ...shared }, {}, { until: 2 }],
      ],
      seeds: { 'trial-0-seed-1': seedRuns[1], 'trial-0-seed-2': seedRuns[2] },
      single: [false, false, false, false, false],
    });
  },
);
