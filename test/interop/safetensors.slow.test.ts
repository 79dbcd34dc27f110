import { expect, test } from 'vitest';
import { sizeOf } from '#inkling/core/shape.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';
import { corruptHeader } from './corruptions.js';

test('reads or rejects every header without a checksum and with one wrong byte', () => {
  const header = JSON.stringify({
    __metadata__: { a: 'b' },
    w: { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
    n: { dtype: 'I64', shape: [], data_offsets: [8, 16] },
  });
  const file = Uint8Array.from([
    header.length,
    ...new Uint8Array(7),
    ...Buffer.from(header),
    ...new Uint8Array(16),
  ]);
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
