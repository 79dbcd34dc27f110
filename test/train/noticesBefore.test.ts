import { describe, expect, test } from 'vitest';
import type { LoadedDataset } from '#inkling/data/dataset.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { noticesBefore } from '#inkling/train/noticesBefore.js';
import { trainingTask } from '#inkling/train/task.js';
import { imbalanced, stripes } from '../helpers/stripes.js';

const balancedSet = stripes({ train: 320, test: 64 });

function noticesFor(settings: PartialConfig, dataset = imbalanced(balancedSet), name = 'mlp'): string[] {
  const model = resolveModel(preset(name, { input: dataset.shape, classes: dataset.classes.length }));
  return noticesBefore(trainingTask(model, dataset, parseConfig({ ...settings, split: 'stratified' })));
}

test('names the largest and the smallest class, their numbers of training images, and what to do', () => {
  expect(noticesFor({})).toEqual([
    'the classes are imbalanced: "across" has 270 training images, 30 times as many as "down", which has 9; ' +
      'compensate for this with balanced class weights (the option classWeights balanced) or balanced sampling (the option sampling balanced), and compare macro F1 scores rather than accuracies',
  ]);
});

test.each<[what: string, settings: PartialConfig]>([
  ['balanced sampling', { sampling: 'balanced' }],
  ['balanced class weights', { classWeights: 'balanced' }],
  ['given class weights', { classWeights: [1, 2, 3] }],
])('has nothing to say with %s, or about classes of similar sizes', (_what, settings) => {
  expect(noticesFor(settings)).toEqual([]);
  expect(noticesFor({}, balancedSet)).toEqual([]);
});

test.each<[what: string, settings: PartialConfig, notices: string[]]>([
  ['nothing without augmentation', {}, []],
  [
    'that there are only some views with it',
    { augment: { flip: true } },
    [
      'the frozen layers are computed once, for 4 augmented views of each training image, which the epochs use in turn; more views (the option augmentedViews) take longer and are more varied',
    ],
  ],
  [
    'that steps compute the frozen layers for mixed images',
    { augment: { cutmix: 1 } },
    [
      'every step computes the frozen layers, because mixup and cutmix mix the images of a batch; leave them out to train faster',
    ],
  ],
  [
    'that steps compute the frozen layers if their outputs are large',
    { augment: { flip: true }, augmentedViews: 100_000 },
    [
      'every step computes the frozen layers, because their outputs take 35,157 MiB, more than 512 MiB; use fewer views (the option augmentedViews) to train faster',
    ],
  ],
])('says of frozen layers %s', (_what, changes, notices) => {
  const settings = { initFrom: 'x', freeze: ['layer1', 'layer2'], epochs: 8, ...changes };
  expect(noticesFor(settings, balancedSet, 'report-cnn')).toEqual(notices);
});

describe('a network with random weights that is trained on few photos', () => {
  const size = { width: 4000, height: 3000 };
  const photos = (side = size): LoadedDataset => ({
    ...balancedSet,
    source: { ...balancedSet.source, location: '/home/me/my leaves' },
    imageFiles: {
      files: { train: [], test: [] },
      sizes: { distinct: 1, smallest: side, median: side, largest: side },
      unreadable: [],
    },
  });

  test('is advised to start from a pretrained one, with the command', () => {
    expect(noticesFor({}, photos())).toEqual([
      '288 training photos are few for a network with random weights; one that was pretrained on ImageNet usually does better: ' +
        'inkling train --dataset "/home/me/my leaves" --backbone efficientnet-lite0',
    ]);
  });

  test('is not if it starts from trained weights, the images are icons, or there are no files', () => {
    expect(noticesFor({ backbone: 'resnet-18' }, photos())).toEqual([]);
    expect(noticesFor({ initFrom: 'x' }, photos())).toEqual([]);
    expect(noticesFor({ weights: 'imagenet', model: 'resnet-18' }, photos())).toEqual([]);
    expect(noticesFor({}, photos({ width: 4000, height: 127 }))).toEqual([]);
    expect(noticesFor({}, balancedSet)).toEqual([]);
  });
});
