import { expect, it } from 'vitest';
import { VERSION } from '#inkling/core/version.js';
import { loadDataset } from '#inkling/data/load.js';
import { fingerprintOf } from '#inkling/runs/dataset/fingerprint.js';
import type { SweepDefinition } from '#inkling/sweep/journal/records.js';
import { loadSweepDataset } from '#inkling/sweep/sweepDataset.js';
import { temporaryFolder, trainableFiles, writeFiles } from '../data/tinySet.js';

async function definitionOf(folder: string): Promise<SweepDefinition> {
  const space = { dataset: folder, model: 'mlp', learningRate: { float: [0.001, 0.1] } };
  const fingerprint = fingerprintOf(await loadDataset({ name: folder }));
  return { format: 1, version: VERSION, space, sampler: 'random', pruner: 'none', fingerprint };
}

it('loads the images of a sweep', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, trainableFiles);
  const definition = await definitionOf(folder);
  expect(fingerprintOf(await loadSweepDataset(definition, 's'))).toEqual(definition.fingerprint);
});

it('rejects another version and other images', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, trainableFiles);
  const definition = await definitionOf(folder);
  await expect(loadSweepDataset({ ...definition, version: '0.0.1' }, 's')).rejects.toThrow(
    `s: expected Inkling 0.0.1, with which the sweep was started, got ${VERSION}; install that version`,
  );
  const fingerprint = { ...definition.fingerprint, train: 'another' };
  const name = folder.split('/').at(-1) ?? '';
  await expect(loadSweepDataset({ ...definition, fingerprint }, 's')).rejects.toThrow(
    `s: expected the images with which the sweep was started, got others in ${name} (${folder}); restore them, or start a new sweep`,
  );
});
