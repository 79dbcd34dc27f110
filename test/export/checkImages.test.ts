import { expect, test } from 'vitest';
import { checkImages } from '#inkling/export/checkImages.js';
import { preset } from '#inkling/models/presets.js';
import { InklingError } from '#inkling/core/errors.js';
import { stripes } from '../helpers/stripes.js';

const dataset = stripes({ train: 3, test: 5 });
const small = preset('mlp', { input: dataset.shape, classes: 3 });
const load = () => Promise.resolve(dataset);
const fail = () => Promise.reject(new InklingError('gone'));

test('all test images are checked by a small network', async () => {
  expect(await checkImages(small, load, false)).toEqual({
    images: dataset.test.images,
    description: 'the test images of stripes',
  });
});

test('the larger a network, the fewer images are checked', async () => {
  const layer = { type: 'linear', outFeatures: 65_536 } as const;
  // 65,536² multiply-adds in the third layer, 4.3 billion, of 100 billion: 23 images at most.
  const large = { ...small, layers: [{ type: 'flatten' } as const, layer, layer] };
  const many = stripes({ train: 3, test: 60 });
  const loaded = await checkImages(large, () => Promise.resolve(many), false);
  expect(loaded).toEqual({
    images: many.test.images.subarray(0, 23 * 64),
    description: 'the first 23 test images of stripes',
  });
  const random = await checkImages(large, fail, false);
  expect(random.description).toBe('23 random images (gone)');
  expect(random.images).toHaveLength(23 * 64);
});

test('a data set that is required and cannot be loaded is an error', async () => {
  await expect(checkImages(small, fail, true)).rejects.toThrow(new InklingError('gone'));
});
