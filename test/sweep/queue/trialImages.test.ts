import { expect, it } from 'vitest';
import { VERSION } from '#inkling/core/version.js';
import { loadDataset } from '#inkling/data/load.js';
import { fingerprintOf } from '#inkling/runs/dataset/fingerprint.js';
import { loadTrialImages, type TrialImages, trialImagesOf } from '#inkling/sweep/queue/trialImages.js';
import { parseConfig } from '#inkling/train/config.js';
import { temporaryFolder, trainableFiles, writeFiles } from '../../data/tinySet.js';

async function imagesIn(folder: string): Promise<TrialImages> {
  writeFiles(folder, trainableFiles);
  return trialImagesOf(parseConfig({ dataset: folder, model: 'mlp' }), await loadDataset({ name: folder }));
}

it('loads the images of trials', async () => {
  const images = await imagesIn(temporaryFolder());
  expect(fingerprintOf(await loadTrialImages(images, 's'))).toEqual(images.fingerprint);
});

it('rejects another version and other images', async () => {
  const folder = temporaryFolder();
  const images = await imagesIn(folder);
  await expect(loadTrialImages({ ...images, version: '0.0.1' }, 's')).rejects.toThrow(
    `s: expected Inkling 0.0.1, with which it was started, got ${VERSION}; install that version`,
  );
  const fingerprint = { ...images.fingerprint, train: 'another' };
  const name = folder.split('/').at(-1) ?? '';
  await expect(loadTrialImages({ ...images, fingerprint }, 's')).rejects.toThrow(
    `s: expected the images with which it was started, got others in ${name} (${folder}); restore them, or start again`,
  );
});
