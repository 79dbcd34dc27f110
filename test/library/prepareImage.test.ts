import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { createDataset } from '#inkling/library/createDataset.js';
import { prepareImage } from '#inkling/library/prepareImage.js';

const { images } = generateDigits({ seed: 0, train: 2, test: 1 }).train;
/** A digit on a canvas of another size. */
const image = { pixels: images.slice(0, 784), shape: [14, 56, 1] };

test('an image is prepared as that of a data set', async () => {
  const options = { shape: [8, 8, 1], inputKind: 'image' } as const;
  const dataset = await createDataset(
    ['a', 'b', 'a', 'b'].map((label) => ({ image, label })),
    { ...options, name: 'two' },
  );
  const pixels = await prepareImage(image, options);
  expect(Array.from(pixels, (value) => Math.round(value * 255))).toEqual(
    Array.from((dataset.train.images as Uint8Array).subarray(0, 64)),
  );
});

test('an image without a drawing is rejected where a digit is expected', async () => {
  const blank = { pixels: new Uint8Array(3 * 30 * 30).fill(255), shape: [30, 30, 3] };
  await expect(prepareImage(blank, { shape: [28, 28, 1] })).rejects.toThrow(
    'no ink found; expected a dark drawing on light paper, or a light one on dark',
  );
});

test('requires a shape', async () => {
  const shape = [28, 28] as unknown as [number, number, number];
  await expect(prepareImage(image, { shape })).rejects.toThrow(UsageError);
});
