import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { readRun } from '#inkling/runs/readRun.js';
import { Journal, readJournal } from '#inkling/sweep/journal/journal.js';
import { createSweep, planSweep, type SweepOptions } from '#inkling/sweep/planSweep.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import { journalFile, readSweep, stateOfSweep } from '#inkling/sweep/sweepFolder.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { findPython, noOptuna, runPythonProgram } from '../../helpers/python.js';
import { runDataset as dataset, sharedFolder } from '../../helpers/run.js';

const runDir = sharedFolder();
const command = 'inkling sweep';
const space = {
  model: 'mlp',
  epochs: 3,
  batchSize: 32,
  threads: 1,
  optimizer: { choice: ['adam', 'sgd'] },
  momentum: { float: [0.5, 0.95], when: { optimizer: ['sgd'] } },
  learningRate: { float: [1e-4, 1e-1], log: true },
};

const plan = (study: string, options: Partial<SweepOptions> = {}) =>
  planSweep({ space, who: 's.json', settings: { runDir }, study, ...options });

const choice = JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices: ['adam', 'sgd'] } });
const range = (low: number, high: number, log: boolean) =>
  JSON.stringify({ name: 'FloatDistribution', attributes: { step: null, low, high, log } });
const rate = range(1e-4, 0.1, true);

type Line = Readonly<Record<string, unknown>>;

const createStudy: Line = { op_code: 0, study_name: 'a', directions: [2] };
const createTrial: Line = { op_code: 4, study_id: 0, datetime_start: '2026-01-01T00:00:00.000000+00:00' };
const setParameter = (name: string, value: number, distribution: string, trial = 0): Line => ({
  op_code: 5,
  trial_id: trial,
  param_name: name,
  param_value_internal: value,
  distribution,
});
const setState = (state: number, value?: number, trial = 0): Line => ({
  op_code: 6,
  trial_id: trial,
  state,
  values: value === undefined ? null : [value],
  datetime_complete: '2026-01-01T00:00:01.000000+00:00',
});
const report = (step: number, value: number): Line => ({
  op_code: 7,
  trial_id: 0,
  step,
  intermediate_value: value,
});
const adam = [setParameter('optimizer', 0, choice), setParameter('learningRate', 0.01, rate)];

/** Writes the journal of a study as Optuna does. */
function studyOf(...lines: readonly Line[]): string {
  const path = join(temporaryFolder(), 'study.log');
  const texts = lines.map((line) => JSON.stringify({ worker_id: 'c0ffee-1', ...line }));
  writeFileSync(path, texts.map((text) => `${text}\n`).join(''));
  return path;
}

describe('a study of Optuna', () => {
  it('is continued: its trials are those that the sweep begins with', () => {
    const study = studyOf(
      createStudy,
      { op_code: 3, study_id: 0, system_attr: { note: 'a' } },
      createTrial,
      ...adam,
      report(0, 0.5),
      report(1, 0.75),
      { op_code: 8, trial_id: 0, user_attr: { run: 'elsewhere' } },
      setState(1, 0.75),
      // Optuna ignores what follows the end of a trial.
      report(2, 0.875),
    );
    const { target } = plan(study);
    expect(target).toBe(51);
    const folder = createSweep(plan(study, { trials: 3 }), dataset);
    const sweep = readSweep(folder);
    expect(sweep).toMatchObject({ target: 3, direction: 'maximize' });
    expect(sweep.trials).toEqual([
      {
        number: 0,
        params: { optimizer: 'adam', learningRate: 0.01 },
        state: 'complete',
        // Steps that count from 0 are epochs that count from 1.
        epochs: new Map([
          [1, 0.5],
          [2, 0.75],
        ]),
        value: 0.75,
        run: undefined,
        error: undefined,
      },
    ]);
    const lines = readFileSync(journalFile(folder), 'utf8').split('\n');
    expect(lines.slice(4)).toEqual(readFileSync(study, 'utf8').split('\n').slice(1));
  });

  it('can be a copy, whose trials have been written as a whole, with numbers that JSON does not have', () => {
    const copied = {
      ...createTrial,
      state: 2,
      value: 0.5,
      values: null,
      datetime_complete: '2026-01-01T00:00:01.000000+00:00',
      distributions: { optimizer: choice, learningRate: rate },
      params: { optimizer: 0, learningRate: 0.02 },
      user_attrs: {},
      system_attrs: {},
    };
    const study = studyOf(createStudy, copied);
    const text = readFileSync(study, 'utf8');
    writeFileSync(study, text.replace('"params"', '"intermediate_values":{"0":NaN,"1":0.5},"params"'));
    expect(readSweep(createSweep(plan(study), dataset)).trials).toMatchObject([
      {
        state: 'pruned',
        params: { optimizer: 'adam', learningRate: 0.02 },
        value: 0.5,
        epochs: new Map([[2, 0.5]]),
      },
    ]);
  });

  it('has trials that it did not end recorded as failed, for the sweep and for Optuna', () => {
    const study = studyOf(createStudy, createTrial, adam[0], {
      ...createTrial,
      state: 4,
      system_attrs: { fixed_params: { learningRate: 0.01 } },
    });
    const path = journalFile(createSweep(plan(study), dataset));
    expect(readJournal(path).trials.map(({ state }) => state)).toEqual(['running', 'running']);
    const { trials } = Journal.open(path).state;
    const error = 'Optuna had not ended it when the sweep was continued';
    expect(trials).toMatchObject([
      { state: 'failed', error, params: { optimizer: 'adam' } },
      { state: 'failed', error, params: {} },
    ]);
    expect(readJournal(path).trials).toEqual(trials);
    // A process of Optuna that goes on nevertheless.
    appendFileSync(path, `${JSON.stringify({ worker_id: 'c0ffee-1', ...setState(1, 0.5) })}\n`);
    expect(readJournal(path).trials).toEqual(trials);
  });

  const started = [createStudy, createTrial];
  test.each<[string, readonly Line[], Partial<SweepOptions>, string]>([
    [
      'with another parameter',
      [...started, setParameter('lr', 0.1, rate)],
      {},
      'study.log: trial 0: lr: expected a parameter of the space (optimizer, momentum, learningRate), got another; a study can be continued if its parameters are the settings that vary in the space file',
    ],
    [
      'with another range',
      [...started, setParameter('learningRate', 0.5, range(1e-4, 1, true))],
      {},
      'study.log: trial 0: learningRate: expected the distribution of the space, FloatDistribution(high=0.1, log=true, low=0.0001, step=null), got FloatDistribution(high=1, log=true, low=0.0001, step=null); change the space file',
    ],
    [
      'without a parameter',
      [...started, adam[0], setState(1, 0.5)],
      {},
      'study.log: trial 0: learningRate: expected a value, since it varies in the space, got none; if the study did not vary it, state a plain value in the space file',
    ],
    [
      'with another direction',
      [{ ...createStudy, directions: [1] }],
      {},
      'study.log: expected a study with the direction maximize, since trials are ranked by their validation accuracy, got the other one; if its values are the validation loss, set "monitor" to "loss" in the space file',
    ],
    [
      'with several objectives',
      [{ ...createStudy, directions: [1, 2] }],
      {},
      'study.log: line 1: directions: expected one objective, got several',
    ],
    [
      'with percentages',
      [...started, ...adam, report(1, 98.5)],
      {},
      'study.log: expected validation accuracies from 0 to 1, got 98.5; a study whose values mean something else cannot be continued',
    ],
    [
      'in a file with others',
      [createStudy, { ...createStudy, study_name: 'b' }],
      {},
      'study.log: expected the journal of one study, got "a", "b"; optuna.copy_study copies a study to a file of its own',
    ],
    [
      'that is a sweep',
      [createStudy, { op_code: 2, study_id: 0, user_attr: { trials: 5 } }],
      {},
      'study.log: expected a study without the attribute "trials", which sweeps use, got one with it; if it is a sweep, resume that instead',
    ],
    [
      'with as many trials as the sweep',
      [...started, ...adam, setState(3)],
      { trials: 1 },
      'trials: expected more than 1, the number of trials of the study, which count, got 1; increase it, or leave it out',
    ],
    [
      'for a grid',
      [createStudy],
      { sampler: 'grid' },
      'sampler: grid: cannot continue a study, since it tries every combination once; use another sampler',
    ],
  ])('%s is rejected', (_, lines, options, message) => {
    expect(() => plan(studyOf(...lines), options)).toThrow(message);
  });
});

const HEADER = `
import json, sys, optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = JournalStorage(JournalFileBackend(sys.argv[1]))

def objective(trial):
    optimizer = trial.suggest_categorical("optimizer", ["adam", "sgd"])
    if optimizer == "sgd":
        trial.suggest_float("momentum", 0.5, 0.95)
    rate = trial.suggest_float("learningRate", 1e-4, 1e-1, log=True)
    for epoch in range(3):
        trial.report(float("nan") if trial.number == 2 else min(1, 0.5 + rate * (1 + epoch)), epoch)
        if trial.number % 4 == 3:
            raise optuna.TrialPruned
    return min(1, 0.5 + 3 * rate)
`;
const CREATE = `${HEADER}
study = optuna.create_study(study_name="mine", direction="maximize", storage=storage, sampler=optuna.samplers.RandomSampler(seed=1))
study.optimize(objective, n_trials=8)
best = study.ask(fixed_distributions={
    "learningRate": optuna.distributions.FloatDistribution(1e-4, 1e-1, log=True),
    "momentum": optuna.distributions.FloatDistribution(0.5, 0.95),
    "optimizer": optuna.distributions.CategoricalDistribution(["adam", "sgd"]),
})
study.tell(best, 1.0)
study.ask().suggest_categorical("optimizer", ["adam", "sgd"])
study.enqueue_trial({"learningRate": 0.01})
`;
const CONTINUE = `${HEADER}
study = optuna.load_study(study_name=None, storage=storage, sampler=optuna.samplers.TPESampler(seed=1), pruner=optuna.pruners.SuccessiveHalvingPruner())
states = [trial.state.name for trial in study.trials]
study.optimize(objective, n_trials=2)
print(json.dumps({"states": states, "run": study.trials[-3].user_attrs.get("run")}))
`;

const python = findPython('optuna');
describe.skipIf(python === undefined)(
  `a study of the real Optuna${python === undefined ? ` (skipped: ${noOptuna})` : ''}`,
  () => {
    const program = (text: string, path: string): string =>
      runPythonProgram(python ?? '', ['-c', text, path], runDir);
    let folder: string;
    beforeAll(() => {
      const study = join(runDir, 'optuna.log');
      program(CREATE, study);
      folder = createSweep(plan(study, { trials: 14 }), dataset);
    });

    it('is continued by a sweep, then by Optuna, and then by the sweep', async () => {
      const before = readSweep(folder).trials;
      const states = before.map(({ state }) => state);
      expect(states.slice(0, 8)).toEqual([
        ...['complete', 'complete', 'complete', 'pruned', 'complete', 'complete', 'complete', 'pruned'],
      ]);
      expect(before[0].epochs.size).toBe(3);
      expect(before[2].epochs.size).toBe(0);
      const sweep = await runSweep(folder, dataset, { command });
      expect(stateOfSweep(sweep)).toBe('done');
      expect(sweep.trials).toHaveLength(14);
      // The best one was trained by Optuna; Inkling has trained a run with its settings.
      const [best] = sweep.trials.filter(({ value }) => value === 1);
      expect(sweep.test?.trial).toBe(best.number);
      expect(readRun(join(folder, best.run ?? ''))).toMatchObject({
        config: { ...best.params, epochs: 3 },
        summary: { stopReason: 'completed', test: { accuracy: sweep.test?.accuracy } },
      });

      const { states: after, run } = JSON.parse(program(CONTINUE, journalFile(folder))) as {
        states: string[];
        run: string;
      };
      const names = { complete: 'COMPLETE', pruned: 'PRUNED', failed: 'FAIL', running: 'RUNNING' };
      expect(after).toEqual(sweep.trials.map(({ state }) => names[state]));
      expect(run).toBe('trial-13-1');

      const resumed = await runSweep(folder, dataset, { command, trials: 18 });
      expect(resumed.trials).toHaveLength(18);
      expect(resumed.trials.slice(0, 14)).toEqual(sweep.trials);
      expect(resumed.trials.slice(14).map((trial) => trial.run)).toEqual([
        ...[undefined, undefined, 'trial-16-1', 'trial-17-1'],
      ]);
      expect(stateOfSweep(resumed)).toBe('done');
    });
  },
);
