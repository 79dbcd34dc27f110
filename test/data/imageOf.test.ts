import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { imageOf } from '#inkling/data/imageOf.js';
import { stripes } from '../helpers/stripes.js';

const dataset = stripes({ train: 3, test: 2 });

test.each([
  ['train', 0],
  ['train', 2],
  ['test', 1],
] as const)('the image of %s with index %i', (part, index) => {
  const { pixels, shape } = imageOf(dataset, part, index);
  expect(shape).toEqual([8, 8, 1]);
  expect([...pixels]).toEqual([...dataset[part].images.subarray(64 * index, 64 * (index + 1))]);
});

test.each([
  ['test', 2, 'imageOf: stripes has 2 images in test, expected an index below that, got 2'],
  ['train', -1, 'imageOf: stripes has 3 images in train, expected an index below that, got -1'],
  ['train', 0.5, 'imageOf: stripes has 3 images in train, expected an index below that, got 0.5'],
  ['trian', 0, 'imageOf: unknown part "trian" (did you mean "train"?); expected train or test'],
])('rejects %s, %d', (part, index, message) => {
  expect(() => imageOf(dataset, part as 'train', index)).toThrow(new UsageError(message));
});

test('rejects anything but a data set', () => {
  expect(() => imageOf(Promise.resolve(dataset) as never, 'train', 0)).toThrow(UsageError);
});
