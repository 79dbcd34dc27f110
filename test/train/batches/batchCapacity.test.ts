import { expect, test } from 'vitest';
import { MAX_STEPS } from '#inkling/plan/steps.js';
import { batchCapacity } from '#inkling/train/batches/batchCapacity.js';

test('the memory for batches depends on their size, and not on that of the data set', () => {
  expect(batchCapacity(28 * 28, 64)).toBe(MAX_STEPS);
  expect(batchCapacity(64 * 64 * 3, 64)).toBe(10);
  expect(batchCapacity(224 * 224 * 3, 64)).toBe(2);
});
