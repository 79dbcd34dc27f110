import { expect, test } from 'vitest';
import { classBalance } from '#inkling/index.js';

test('classes are imbalanced if one has more than three times as many images as another', () => {
  expect(classBalance([30, 10, 20])).toEqual({
    largest: { label: 0, images: 30 },
    smallest: { label: 1, images: 10 },
    ratio: 3,
    isImbalanced: false,
  });
  expect(classBalance([10, 31]).isImbalanced).toBe(true);
});

test('rejects what are no numbers of images', () => {
  expect(() => classBalance([])).toThrow('classBalance: counts: expected at least one class, got none');
  expect(() => classBalance([1, -1])).toThrow(
    'classBalance: count: expected a whole number of at least 0, got -1',
  );
});
