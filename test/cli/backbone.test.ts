import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';

const tooLate = { loadDataset: () => Promise.reject(new Error('too late')) };

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
