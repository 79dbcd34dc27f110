import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../data/tinySet.js';
import { findPython, runPythonProgram } from '../../helpers/python.js';
import { journalFile } from '#inkling/sweep/sweepFolder.js';
import { type JournaledTrial, writeJournal } from './writeJournal.js';

/** Asks the dashboard what its pages ask it. */
const PROGRAM = `
import json, sys, wsgiref.util
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna_dashboard import wsgi
app = wsgi(JournalStorage(JournalFileBackend(sys.argv[1])))

def get(path):
    environ = {}
    wsgiref.util.setup_testing_defaults(environ)
    path, _, query = path.partition("?")
    environ.update(PATH_INFO=path, QUERY_STRING=query)
    statuses = []
    body = b"".join(app(environ, lambda status, *_: statuses.append(status)))
    assert statuses == ["200 OK"], (path, statuses, body)
    return json.loads(body)

print(json.dumps([get(path) for path in ("/api/studies", "/api/studies/0", "/api/studies/0/param_importances")]))
`;

const space = {
  optimizer: { choice: ['adam', 'sgd'] },
  momentum: { float: [0.5, 0.9], when: { optimizer: ['sgd'] } },
  learningRate: { float: [1e-4, 1e-1], log: true },
  clipNorm: { choice: [null, 1] },
};
const trials: readonly JournaledTrial[] = [
  ...[0.1, 0.01, 0.001, 0.0001].map((learningRate, index) => ({
    params: { optimizer: 'adam', learningRate, clipNorm: null },
    values: [0.5, 0.75 + index / 16],
    state: 'complete' as const,
  })),
  {
    params: { optimizer: 'sgd', momentum: 0.6, learningRate: 0.01, clipNorm: 1 },
    values: [0.25],
    state: 'pruned',
  },
  {
    params: { optimizer: 'adam', learningRate: 0.1, clipNorm: 1 },
    state: 'failed',
    error: 'the loss is NaN',
  },
  { params: { optimizer: 'adam', learningRate: 0.05, clipNorm: 1 }, values: [0.5] },
];

const python = findPython('optuna_dashboard');
const missing = 'no dashboard of Optuna: neither python3 nor /usr/bin/python3 can import optuna_dashboard';
test.skipIf(python === undefined)(
  `the dashboard of Optuna shows a sweep${python === undefined ? ` (skipped: ${missing})` : ''}`,
  () => {
    const folder = join(temporaryFolder(), 'sweep-1');
    writeJournal(folder, { space, trials });
    const output = runPythonProgram(python ?? '', ['-c', PROGRAM, journalFile(folder)], folder);
    const [studies, study, importances] = JSON.parse(output) as [object, { trials: object[] }, object];
    expect(studies).toMatchObject({
      study_summaries: [{ study_id: 0, study_name: 'sweep-1', directions: ['maximize'] }],
    });
    expect(study).toMatchObject({
      name: 'sweep-1',
      directions: ['maximize'],
      objective_names: ['validation accuracy'],
      has_intermediate_values: true,
      best_trials: [{ number: 3, values: [0.9375] }],
    });
    const numbers = { 1: 0.5, 2: 0.9375 };
    expect(study.trials[3]).toMatchObject({
      number: 3,
      state: 'Complete',
      intermediate_values: Object.entries(numbers).map(([step, value]) => ({ step: Number(step), value })),
      user_attrs: [{ key: 'run', value: 'trial-3-1' }],
      datetime_start: expect.stringMatching(/^\d{4}-/) as string,
      datetime_complete: expect.stringMatching(/^\d{4}-/) as string,
    });
    const stateOf = (trial: object) => ('state' in trial ? trial.state : undefined);
    expect(study.trials.slice(3).map(stateOf)).toEqual(['Complete', 'Pruned', 'Fail', 'Running']);
    const names = ['learningRate', 'clipNorm'];
    expect(importances).toMatchObject({
      param_importances: [
        expect.arrayContaining(names.map((name) => expect.objectContaining({ name }) as object)),
      ],
    });
  },
);
