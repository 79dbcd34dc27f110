import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { loadDataset } from '#inkling/data/load.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import { type SweepRecord, stateOfSweep } from '#inkling/sweep/sweepFolder.js';
import { sharedFolder } from '../helpers/run.js';
import { writeStripes } from './queue/stripesFolder.js';

const TRIALS = 5;
const command = 'inkling sweep';
const runDir = sharedFolder();
let dataset: Dataset;
let path: string;
let whole: SweepRecord;

function start(pruner: 'none' | 'median' = 'none'): string {
  const fixed = { dataset: path, model: 'mlp', epochs: 3, batchSize: 32, threads: 1 };
  const space = { ...fixed, learningRate: { float: [1e-4, 1e-1], log: true } };
  const plan = planSweep({ space, settings: { runDir }, trials: TRIALS, sampler: 'random', pruner });
  return createSweep(plan, dataset);
}

const weightsOf = ({ folder, trials }: SweepRecord) =>
  trials.map(({ run = '' }) =>
    readFileSync(join(folder, run, 'checkpoints', 'last.safetensors')).toString('base64'),
  );
/** What does not depend on how often a trial was interrupted in its first epoch. */
const resultsOf = ({ trials, test }: SweepRecord) => ({
  test,
  trials: trials.map(({ run, ...trial }) => ({ ...trial, hasRun: run !== undefined })),
});

beforeAll(async () => {
  path = writeStripes(runDir);
  dataset = await loadDataset({ name: path });
  whole = await runSweep(start(), dataset, { command });
});

it('has the same trials with the same weights as one trial at a time', async () => {
  const sweep = await runSweep(start(), dataset, { command, parallel: 2 });
  expect(stateOfSweep(sweep)).toBe('done');
  expect(sweep.trials).toEqual(whole.trials);
  expect(sweep.test).toEqual(whole.test);
  expect(weightsOf(sweep)).toEqual(weightsOf(whole));
});

it('can be interrupted and resumed, with the same results', async () => {
  const folder = start();
  const controller = new AbortController();
  const onTrial = () => {
    controller.abort();
  };
  const interrupted = await runSweep(folder, dataset, {
    command,
    parallel: 2,
    signal: controller.signal,
    onTrial,
  });
  expect(stateOfSweep(interrupted)).toBe('unfinished');
  expect(interrupted.trials.length).toBeLessThan(TRIALS);
  const sweep = await runSweep(folder, dataset, { command, parallel: 2 });
  expect(resultsOf(sweep)).toEqual(resultsOf(whole));
  expect(weightsOf(sweep)).toEqual(weightsOf(whole));
});

it('states the reason if its images cannot be loaded by other processes', async () => {
  const folder = start();
  rmSync(path, { recursive: true });
  await expect(runSweep(folder, dataset, { command, parallel: 2 })).rejects.toThrow(
    `${folder}: several runs at a time need images that other processes can load: no data set in ${path}: no such file or folder; check the path; or train one at a time (parallel 1)`,
  );
  const sweep = await runSweep(folder, dataset, { command });
  expect(resultsOf(sweep)).toEqual(resultsOf(whole));
});
