import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { parseConfig } from '#inkling/train/config.js';
import { parseFitSettings } from '#inkling/train/settings/fitSettings.js';

const backbone = { weights: new Map(), batches: 0 };

test('settings of a training have the defaults of a run', () => {
  expect(parseFitSettings({}, {})).toEqual(parseConfig({}));
  expect(parseFitSettings({ epochs: 2, augment: { shift: 1 } }, {})).toEqual(
    parseConfig({ epochs: 2, augment: { shift: 1 } }),
  );
});

test.each([
  [{ epoch: 2 }, 'settings: unknown setting "epoch" (did you mean "epochs"?); expected '],
  [{ epochs: -1 }, 'settings: epochs: expected at least 1, got -1'],
  [
    { model: 'mlp' },
    'settings: model: applies only to runs with a folder; leave it out, and pass the model to fit as model',
  ],
  [
    { initFrom: 'a-1' },
    'settings: initFrom: applies only to runs with a folder; leave it out, and pass what backboneFor returns to fit as backbone',
  ],
  [
    { weights: 'imagenet' },
    'settings: weights: applies only to runs with a folder; leave it out, and pass what backboneFor returns to fit as backbone',
  ],
  [
    { freeze: ['layer1'] },
    'settings: freeze: requires trained weights; pass what backboneFor returns as backbone',
  ],
])('rejects %j', (settings, message) => {
  const parse = () => parseFitSettings(settings, {});
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});

test('layers of trained weights can be frozen', () => {
  expect(parseFitSettings({ freeze: ['layer1'] }, { backbone })).toEqual({
    ...parseConfig({}),
    freeze: ['layer1'],
  });
});
