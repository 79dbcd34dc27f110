import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { assertSameTestImages, datasetOf } from '#inkling/runs/dataset/runDataset.js';
import { readRun, type RunRecord } from '#inkling/runs/readRun.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { run, runDataset, sharedFolder } from '../../helpers/run.js';

const runDir = sharedFolder();
const finished = await run(runDir, { epochs: 1 });
const record = readRun(finished.folder);

function recordOf(dataset: string, location: string): RunRecord {
  const { summary } = record;
  if (summary === undefined) throw new Error('the run has no summary');
  const source = { ...summary.dataset.source, location };
  return {
    folder: 'runs/a-1',
    config: { ...record.config, dataset },
    summary: { ...summary, dataset: { ...summary.dataset, source } },
  };
}

test('the data set of a run is identified by its absolute path', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pets'));
  const { folder: trained } = await run(runDir, { epochs: 1, dataset: join(folder, 'pets') });
  expect(datasetOf(readRun(trained))).toBe(join(folder, 'pets'));
  // The record of an earlier version.
  expect(datasetOf(recordOf('./pets', join(folder, 'pets')))).toBe(join(folder, 'pets'));
  expect(datasetOf(recordOf('mnist', '/cache/mnist'))).toBe('mnist');

  renameSync(join(folder, 'pets'), join(folder, 'animals'));
  expect(() => datasetOf(readRun(trained))).toThrow(
    new InklingError(
      `run "${trained}": its data set was at ${join(folder, 'pets')}, which no longer exists; specify its current location with the option dataset`,
    ),
  );
  const moved = { dataset: join(folder, 'animals'), epochs: 2 };
  expect(readResumePoint(trained, moved).config.dataset).toBe(join(folder, 'animals'));
});

test('test images are compared by content and class names', () => {
  expect(() => {
    assertSameTestImages(record, runDataset);
  }).not.toThrow();
  // The same images from a source that orders the classes differently.
  const order = [2, 0, 1];
  const relabel = (part: 'train' | 'test') => ({
    images: runDataset[part].images,
    labels: runDataset[part].labels.map((label) => order.indexOf(label)),
  });
  const classes = order.map((label) => runDataset.classes[label]);
  const reordered: Dataset = { ...runDataset, classes, train: relabel('train'), test: relabel('test') };
  expect(() => {
    assertSameTestImages(record, reordered);
  }).not.toThrow();
  for (const changed of [
    runDataset.test.images.map((pixel) => 255 - pixel),
    runDataset.test.images.slice(0, -64),
  ]) {
    const labels = runDataset.test.labels.slice(0, changed.length / 64);
    expect(() => {
      assertSameTestImages(record, { ...runDataset, test: { images: changed, labels } });
    }).toThrow(
      `run "${finished.folder}": the test images of stripes (the tests) have changed since the run; `,
    );
  }
});
