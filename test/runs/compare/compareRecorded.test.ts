import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareRecordedRuns } from '#inkling/runs/compare/compareRecorded.js';
import { compareRuns } from '#inkling/runs/compare/compareRuns.js';
import { run, runDataset, sharedFolder } from '../../helpers/run.js';
import { stripes } from '../../helpers/stripes.js';

const runDir = sharedFolder();
const a = await run(runDir, { name: 'a', epochs: 1 });
const b = await run(runDir, { name: 'b', epochs: 1, seed: 4, model: 'mlp' });
const c = await run(runDir, { name: 'c', epochs: 1, seed: 5 });
const other = await run(runDir, { name: 'other' }, {}, stripes({ train: 100, test: 31 }));

test('finds what the models predict when they predict again', async () => {
  const folders = [a, b, c].map(({ folder }) => folder);
  const { runs, pairs } = await compareRecordedRuns(folders);
  expect(runs).toEqual([{ testSet: 0 }, { testSet: 0 }, { testSet: 0 }]);
  const again = await compareRuns(folders, runDataset);
  expect(
    pairs.map((pair) => ({ ...pair, first: folders[pair.first], second: folders[pair.second] })),
  ).toEqual(again.pairs);
});

test('compares only runs that were tested on the same images', async () => {
  const { runs, pairs } = await compareRecordedRuns([a.folder, other.folder, b.folder]);
  expect(runs.map(({ testSet }) => testSet)).toEqual([0, 1, 0]);
  expect(pairs.map(({ first, second }) => [first, second])).toEqual([[0, 2]]);
});

test('says why a run cannot be compared', async () => {
  const stop = AbortSignal.abort();
  const interrupted = await run(runDir, { name: 'interrupted' }, { signal: stop });
  const trial = await run(runDir, { name: 'trial' }, { trainsOnly: true });
  const old = await run(runDir, { name: 'old' });
  rmSync(join(old.folder, 'predictions.json'));
  const killed = await run(runDir, { name: 'killed' });
  rmSync(join(killed.folder, 'summary.json'));
  const { runs, pairs } = await compareRecordedRuns(
    [a, interrupted, trial, old, killed].map(({ folder }) => folder),
  );
  expect(runs).toEqual([
    { testSet: 0 },
    { problem: 'it did not finish: it was interrupted' },
    { problem: 'it was not tested: trials of a sweep are not, except for the best' },
    {
      problem:
        'it has no predictions.json, which contains its predictions; use "inkling compare", which predicts again',
    },
    { problem: 'it has not ended' },
  ]);
  expect(pairs).toEqual([]);
});
