import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { backboneNamed } from '#inkling/backbones/catalog.js';
import { loadBackbone } from '#inkling/backbones/loadBackbone.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { pngFiles, writeFileTree } from '../data/imageFolder/samples.js';
import { temporaryFolder } from '../data/tinySet.js';
import { noWeights, weightsFolder } from '../helpers/golden.js';
import { hashOf } from '../helpers/hash.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';

const tooLate = { loadDataset: () => Promise.reject(new Error('too late')) };

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  [
    ['--backbone', 'resnet18'],
    '--backbone: unknown value "resnet18" (did you mean "resnet-18"?); ' +
      'expected resnet-18, mobilenet-v2, mobilenet-v3-small or efficientnet-lite0',
  ],
  [
    ['--backbone', 'resnet-18', '--model', 'mlp'],
    '--model: cannot be used with --backbone, which determines the model; leave one of them out',
  ],
  [
    ['--backbone', 'resnet-18', '--image-size', '20'],
    'preset "resnet-18": input: expected color images of at least 32×32×3, got 20×20×3; ' +
      'use such images, or a preset for others, such as "resnet-small"',
  ],
  [
    ['--backbone', 'resnet-18', '--freeze', 'layer5'],
    'freeze: unknown layer "layer5" (did you mean "layer1"?); expected layers of resnet-18 with weights: ' +
      'conv1, bn1, layer1, layer2, layer3, layer4, fc, layer1.0, layer1.1, layer2.0, layer2.1, layer3.0, layer3.1, ' +
      'layer4.0 or layer4.1',
  ],
  [
    ['--weights', 'imagenet', '--model', 'resnet-small'],
    'config: weights: expected a model with published weights, resnet-18, mobilenet-v2, mobilenet-v3-small or efficientnet-lite0, ' +
      'got resnet-small; choose one of them (--model), or leave out weights',
  ],
  [
    ['--weights', 'imagenet', '--model', 'resnet-18', '--image-size', '20'],
    'preset "resnet-18": input: expected color images of at least 32×32×3, got 20×20×3; ' +
      'use such images, or a preset for others, such as "resnet-small"',
  ],
  [
    ['--weights', 'imagenet', '--model', 'resnet-18', '--fine-tune', '9'],
    'fineTune: expected at most 6, the number of stages of resnet-18, got 9',
  ],
])('rejects %j before loading the data set', async (flags, message) => {
  const runs = temporaryFolder();
  const { code, stderr } = await inkling(['train', '--run-dir', runs, ...flags], tooLate);
  expect(stderr).toBe(`inkling: ${message}\n`);
  expect(code).not.toBe(0);
});

test('no run folder is created for gray images', async () => {
  const runs = join(temporaryFolder(), 'runs');
  const argv = ['train', '--run-dir', runs, '--backbone', 'resnet-18'];
  const gray = await inkling(argv, { loadDataset: () => Promise.resolve(stripes({ train: 40, test: 10 })) });
  expect(gray.stderr).toContain(
    'resnet-18 expects photos of 224×224×3, but the images of stripes are prepared as image of 8×8×1; load it for a model with this input and input kind photo',
  );
  expect(existsSync(runs)).toBe(false);
});

/** Reddish and bluish photos of 4×4 pixels. */
async function colors(): Promise<string> {
  const folder = join(temporaryFolder(), 'colors');
  writeFileTree(folder, {
    ...(await pngFiles('red', 12, [200, 40, 10])),
    ...(await pngFiles('blue', 12, [20, 40, 180])),
  });
  return folder;
}

test('weights that are not found are an error that says where they were looked for, and creates no run', async () => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
  vi.stubEnv('INKLING_DATA_DIR', '');
  // A proxy that refuses the connection.
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
  const [folder, runs, dataDir] = [await colors(), join(temporaryFolder(), 'runs'), temporaryFolder()];
  const argv = ['train', '--dataset', folder, '--run-dir', runs, '--data-dir', dataDir, '--image-size', '32'];
  for (const flags of [
    ['--model', 'resnet-18', '--weights', 'imagenet'],
    ['--backbone', 'resnet-18'],
  ]) {
    const { code, stderr } = await inkling([...argv, ...flags]);
    expect(stderr).toContain(`resnet-18: its weights were not found; tried ${dataDir} (none of the files), `);
    expect(stderr).toContain('download resnet18-f37072fd.pth, ');
    expect(stderr).toMatch(/, and pass its folder as --data-dir\n$/);
    expect(code).toBe(1);
  }
  expect(existsSync(runs)).toBe(false);
});

test('--weights starts a model from the published weights of its name, and trains all of its layers', async ({
  skip,
}) => {
  const name = 'efficientnet-lite0';
  const dataDir = weightsFolder(name) ?? skip(noWeights);
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
  const [folder, runs] = [await colors(), temporaryFolder()];
  const argv = ['train', '--dataset', folder, '--run-dir', runs, '--data-dir', dataDir, '--batch-size', '8'];
  const start = ['--model', name, '--image-size', '32', '--epochs', '1', '--recipe', 'fast'];
  const { code, stdout, stderr } = await inkling([...argv, ...start, '--weights', 'imagenet']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('input       photos, resized and cropped like those of ImageNet\n');
  expect(stdout).toContain(
    `fine-tuning ${name}, pretrained on ImageNet; the last layer, _fc, is re-initialized for the new classes\n`,
  );
  expect(stdout).not.toContain('frozen');
  const run = join(runs, 'efficientnet-lite0-colors-1');
  const { config, summary } = readRun(run);
  const recorded = { model: name, weights: 'imagenet', imageSize: 32, input: 'photo', schedule: 'one-cycle' };
  expect(config).toMatchObject(recorded);
  expect(summary).toMatchObject({ newHead: '_fc', dataset: { shape: [32, 32, 3] } });

  // Adam's few steps have changed each weight, but not by much.
  const published = await loadBackbone({ name, input: [32, 32, 3], dataDir, environment: {} });
  const { weights } = readSavedModel(run);
  for (const layer of ['_conv_stem', '_blocks.8._expand_conv', '_bn1']) {
    const before = published.weights.get(`${layer}.weight`) ?? new Float32Array();
    const changes = weights.get(`${layer}.weight`)?.map((value, i) => Math.abs(value - before[i])) ?? [];
    expect(changes).toHaveLength(before.length);
    expect(Math.max(...changes), layer).toBeLessThan(0.05);
    expect(Math.max(...changes), layer).toBeGreaterThan(0);
  }
  expect(weights.get('_fc.bias')).toHaveLength(2);

  // The configuration of the run repeats it.
  const same = [
    '--config',
    join(run, 'config.json'),
    '--run-dir',
    runs,
    '--data-dir',
    dataDir,
    '--name',
    'again',
  ];
  const again = await inkling(['train', ...same]);
  expect(again.stderr).toBe('');
  expect(hashOf(readSavedModel(join(runs, 'again-1')).weights)).toBe(hashOf(weights));

  // The same weights, read as any file of PyTorch.
  const file = join(dataDir, 'backbones', backboneNamed(name).file.name);
  const read = await inkling([...argv, ...start, '--init-from', file, '--name', 'read']);
  expect(read.stdout).toContain(
    `fine-tuning ${file}; the last layer, _fc, is re-initialized for the new classes\n`,
  );
  expect(readRun(join(runs, 'read-1')).config).toMatchObject({ model: name, imageSize: 32, input: 'photo' });
  expect(hashOf(readSavedModel(join(runs, 'read-1')).weights)).toBe(hashOf(weights));
});
