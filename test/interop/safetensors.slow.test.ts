import { expect, test } from 'vitest';
import { sizeOf } from '#inkling/core/shape.js';
import { decodeSafetensors, encodeSafetensors, type SavedTensor } from '#inkling/interop/safetensors.js';
import { corruptHeader } from './corruptions.js';

test('reads or rejects every header with one wrong byte', () => {
  const small = new Map<string, SavedTensor>([
    ['w', { dtype: 'F32', shape: [2, 1], values: new Float32Array(2) }],
    ['n', { dtype: 'I64', shape: [], values: new BigInt64Array(1) }],
  ]);
  const file = encodeSafetensors(small, { a: 'b' });
  const masks = Array.from({ length: 255 }, (_, i) => i + 1);
  const outcome = corruptHeader(file, masks, (corrupted) => {
    for (const { shape, values } of decodeSafetensors(corrupted, 'x').tensors.values()) {
      expect(values.length).toBe(sizeOf(shape));
    }
  });
  // Most bytes matter; letters in names and metadata may change.
  expect(outcome.rejected).toBeGreaterThan(outcome.read);
  expect(outcome.read).toBeGreaterThan(100);
});
