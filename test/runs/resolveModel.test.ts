import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imageNetClasses } from '#inkling/backbones/imageNetClasses.js';
import { UsageError } from '#inkling/core/errors.js';
import { findImageFiles } from '#inkling/predict/findImages.js';
import { predictFiles } from '#inkling/predict/predictFiles.js';
import { namesBackbone, resolveRunFolder, resolveTrainedModel } from '#inkling/runs/resolveModel.js';
import { temporaryFolder } from '../data/tinySet.js';
import {
  goldenFile,
  goldenFolder,
  goldenTop5,
  noGolden,
  noWeights,
  weightsFolder,
} from '../helpers/golden.js';

const name = 'efficientnet-lite0';

test("a backbone predicts ImageNet's classes by name, as in PyTorch", async ({ skip }) => {
  const record = goldenFile(`${name}/golden.json`) ?? skip(noGolden);
  const dataDir = weightsFolder(name) ?? skip(noWeights);
  const trained = await resolveTrainedModel(name, { runDir: temporaryFolder(), dataDir, environment: {} });
  expect(trained.name).toBe(name);
  expect(trained.saved).toMatchObject({ inputKind: 'photo', model: { name, input: [224, 224, 3] } });
  const { files } = await findImageFiles([join(goldenFolder() ?? '', name, 'photos')]);
  const found: Record<string, unknown> = {};
  for await (const prediction of predictFiles(trained, files, { top: 5 })) {
    if ('error' in prediction) throw new Error(prediction.error);
    const [image] = prediction.images;
    const [photo] = prediction.file.split(/[\\/]/).at(-1)?.split('.') ?? [];
    found[photo] = image.top;
    // It is not calibrated: less than 50 % is doubtful.
    expect(image.reasons.map(({ code }) => code)).toEqual(image.confidence < 0.5 ? ['low-confidence'] : []);
  }
  const golden = goldenTop5(record);
  const photos = ['astronaut', 'chelsea', 'china', 'coffee', 'flower', 'rocket'];
  const expected = photos.map((photo) => [
    photo,
    golden[photo].map(({ index, probability }) => ({
      class: imageNetClasses[index],
      confidence: expect.closeTo(probability, 4) as number,
    })),
  ]);
  expect(found).toEqual(Object.fromEntries(expected));
});

test.each(['file', 'run'])('a %s of the same name comes before a backbone', (kind) => {
  const runDir = temporaryFolder();
  expect(namesBackbone('resnet-18', runDir)).toBe(true);
  expect(namesBackbone('resnet18', runDir)).toBe(false);
  if (kind === 'file') writeFileSync(join(runDir, 'resnet-18'), '');
  else mkdirSync(join(runDir, 'resnet-18'));
  expect(namesBackbone('resnet-18', runDir)).toBe(false);
});

test('where only runs are possible, an error says what a backbone is', () => {
  expect(() => resolveRunFolder('resnet-18', temporaryFolder())).toThrow(
    new UsageError(
      'unknown run "resnet-18"; it is a network that was trained on ImageNet; ' +
        'train it on other photos with "inkling train --backbone resnet-18"',
    ),
  );
});
