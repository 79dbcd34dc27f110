import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { Model } from '#inkling/models/model.js';
import { decodeTraining, encodeTraining, type SavedTraining } from '#inkling/runs/savedTraining.js';
import { bitFlips, truncations, undetectedDamage } from '../helpers/damage.js';

const model: Model = {
  name: 'tiny',
  input: [2, 2, 1],
  layers: [{ type: 'flatten' }, { type: 'linear', name: 'fc', outFeatures: 2 }],
};
const training: SavedTraining = {
  state: {
    epochs: [],
    batches: 6,
    tensors: new Map([['fc.weight', Float32Array.of(1, -0.5, 0.25)]]),
    streams: new Map([['order', Uint32Array.of(1, 2 ** 32 - 1)]]),
  },
  definition: { model, classes: ['a', 'b'], dataset: 'stripes', inputKind: 'image' },
  history: { command: 'inkling train', startedAt: '2026-01-01T00:00:00Z', resumedAt: [], seconds: 1.5 },
  fingerprint: { train: 'a1', test: 'b2' },
};
const file = Uint8Array.from(encodeTraining(training));
const read = (bytes: Uint8Array) => decodeTraining(bytes, 'x');

test('detects every flipped bit and every truncation', async () => {
  expect(read(file)).toEqual(training);
  expect(await undetectedDamage(file, bitFlips(file), read)).toEqual([]);
  expect(await undetectedDamage(file, truncations(file), read)).toEqual([]);
});

test('states what to do about a damaged state, and rejects one that is not finite', () => {
  const damaged = file.slice();
  damaged[file.length - 1] ^= 1;
  expect(() => read(damaged)).toThrow(
    /^x: damaged: .*; without a copy, start a new run from the best weights of this one with the option initFrom$/,
  );
  const tensors = new Map([['fc.weight', Float32Array.of(NaN)]]);
  const diverged = encodeTraining({ ...training, state: { ...training.state, tensors } });
  expect(() => read(diverged)).toThrow(InklingError);
});
