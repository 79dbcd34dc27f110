import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isStopRequested, stopTrial } from '#inkling/sweep/stopTrial.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import { readSweep } from '#inkling/sweep/sweepFolder.js';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { runDataset as dataset, sharedFolder } from '../helpers/run.js';
import { writeJournal } from './journal/writeJournal.js';

const runDir = sharedFolder();
const space = { model: 'mlp', epochs: 4, threads: 1, learningRate: { choice: [0.01, 0.001] } };

it('ends a trial after its current epoch as a pruned one, and no other', async () => {
  const plan = planSweep({ space, settings: { runDir, name: 'stopped' }, trials: 2, pruner: 'none' });
  const folder = createSweep(plan, dataset);
  // During the second epoch of the first trial.
  setFileOperationHook(({ kind, path }) => {
    if (kind !== 'append' || !path.endsWith('journal.jsonl')) return undefined;
    const [first] = readSweep(folder).trials;
    if (first?.state === 'running' && first.epochs.size === 1 && !isStopRequested(folder, 0))
      stopTrial(folder, 0);
    return undefined;
  });
  try {
    await runSweep(folder, dataset, { command: 'inkling sweep' });
  } finally {
    setFileOperationHook(undefined);
  }
  const { trials } = readSweep(folder);
  expect(trials.map(({ state, epochs }) => [state, epochs.size])).toEqual([
    ['pruned', 2],
    ['complete', 4],
  ]);
});

it('refuses to stop what is not running', () => {
  const folder = join(runDir, 'ended');
  writeJournal(folder, {
    space,
    trials: [{ params: { learningRate: 0.01 }, values: [0.5], state: 'complete' }],
  });
  expect(() => {
    stopTrial(folder, 0);
  }).toThrow(
    'sweep ended: expected a trial that is running, got trial 0, which is complete; see "inkling sweep show ended"',
  );
  expect(() => {
    stopTrial(folder, 7);
  }).toThrow('got no trial 7');
});
