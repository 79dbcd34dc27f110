import { expect, test } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { corruptHeader } from './corruptions.js';
import { tiny } from './savedModels.js';

test('reads or rejects every header with one wrong bit', () => {
  const bits = Array.from({ length: 8 }, (_, i) => 1 << i);
  const outcome = corruptHeader(encodeCheckpoint(tiny), bits, (corrupted) => {
    const { classes, weights } = decodeCheckpoint(corrupted, 'x');
    expect([classes.length, weights.size]).toEqual([2, 8]);
  });
  expect(outcome.rejected).toBeGreaterThan(outcome.read);
  expect(outcome.read).toBeGreaterThan(100);
});
