import { expect, test } from 'vitest';
import { evaluateRun } from '#inkling/runs/evaluateRun.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';

const runDir = sharedFolder();

test('a run is evaluated with the test-time augmentation that it was trained with, unless told otherwise', async () => {
  const { folder, summary } = await run(runDir, { tta: { flip: false, shift: 1 } });
  expect(await evaluateRun(folder, dataset, { threads: 1 })).toEqual(summary.test);
  const plain = await evaluateRun(folder, dataset, { threads: 1, tta: { flip: false, shift: 0 } });
  expect(plain.loss).not.toBe(summary.test?.loss);
});
