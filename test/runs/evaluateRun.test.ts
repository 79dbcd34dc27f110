import { expect, test } from 'vitest';
import type { LoadedDataset } from '#inkling/data/dataset.js';
import { compareRuns } from '#inkling/runs/compare/compareRuns.js';
import { readFinishedRun } from '#inkling/runs/readRun.js';
import { evaluateRun } from '#inkling/runs/evaluateRun.js';
import { run, runDataset as dataset, sharedFolder } from '../helpers/run.js';

const runDir = sharedFolder();

test('a run is evaluated with the test-time augmentation that it was trained with, unless told otherwise', async () => {
  const { folder, summary } = await run(runDir, { tta: { flip: false, shift: 1 } });
  expect(await evaluateRun(folder, dataset, { threads: 1 })).toEqual(summary.test);
  const plain = await evaluateRun(folder, dataset, { threads: 1, tta: { flip: false, shift: 0 } });
  expect(plain.loss).not.toBe(summary.test?.loss);
});

/** The same images from a source that orders the classes differently. */
function reordered(order: readonly number[]): LoadedDataset {
  const relabel = (part: 'train' | 'test') => ({
    images: dataset[part].images,
    labels: dataset[part].labels.map((label) => order.indexOf(label)),
  });
  const classes = order.map((label) => dataset.classes[label]);
  return { ...dataset, classes, train: relabel('train'), test: relabel('test') };
}

test('classes are matched by name, not by position', async () => {
  const { folder, summary } = await run(runDir, { epochs: 3 });
  expect(summary.test?.accuracy).toBeGreaterThan(0.9);
  expect(await evaluateRun(folder, reordered([2, 0, 1]), { threads: 1 })).toEqual(summary.test);
});

test('runs with different class orders are compared by class name', async () => {
  const first = await run(runDir, { epochs: 3, name: 'first' });
  const second = await run(runDir, { epochs: 3, name: 'second' }, {}, reordered([1, 2, 0]));
  const records = [first, second].map(({ folder }) => readFinishedRun(folder));
  const { runs, pairs } = await compareRuns(records, dataset, { threads: 1 });
  expect(runs.map(({ accuracy }) => accuracy)).toEqual([
    first.summary.test?.accuracy,
    second.summary.test?.accuracy,
  ]);
  const { bothCorrect, onlyFirst, onlySecond } = pairs[0];
  expect(bothCorrect + onlyFirst).toBe(runs[0].correct);
  expect(bothCorrect + onlySecond).toBe(runs[1].correct);
});

test('a data set without test images is rejected', async () => {
  const { folder } = await run(runDir, { epochs: 1 });
  const empty = { images: new Uint8Array(), labels: new Uint8Array() };
  await expect(evaluateRun(folder, { ...dataset, test: empty })).rejects.toThrow(
    'stripes: expected test images to score, got none; add some',
  );
});
