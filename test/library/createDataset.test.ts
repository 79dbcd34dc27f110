import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '#inkling/core/errors.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import { createDataset, type LabeledImage } from '#inkling/library/createDataset.js';
import { encodePng } from '../helpers/encodeImage.js';

const digits = generateDigits({ seed: 0, train: 40, test: 1 }).train;
const shape = [28, 28, 1];
const pixelsOf = (i: number) => digits.images.subarray(i * 784, (i + 1) * 784);
const labelOf = (i: number) => (digits.labels[i] % 2 === 0 ? 'even' : 'odd');
const count = digits.labels.length;

test('images in memory become a data set with classes by name', async () => {
  const images = Array.from({ length: count }, (_, i) => ({
    image: { pixels: pixelsOf(i), shape },
    label: labelOf(i),
    part: i < 30 ? 'train' : 'test',
  }));
  const dataset = await createDataset(images as LabeledImage[], { name: 'parity', shape });
  expect(dataset).toMatchObject({ name: 'parity', shape, classes: ['even', 'odd'], inputKind: 'digit' });
  expect(Array.from(dataset.train.labels, (label) => dataset.classes[label])).toEqual(
    Array.from({ length: 30 }, (_, i) => labelOf(i)),
  );
  expect(dataset.train.images).toEqual(digits.images.slice(0, 30 * 784));
  expect(dataset.test.images).toEqual(digits.images.slice(30 * 784, count * 784));
});

test('files from an async iterable have the pixels of the images', async () => {
  async function* files() {
    for (let i = 0; i < 20; i++) {
      yield {
        image: await encodePng(imageOfPixels(pixelsOf(i), shape)),
        label: labelOf(i),
        part: 'train' as const,
      };
    }
    yield { image: { pixels: pixelsOf(20), shape }, label: labelOf(20), part: 'test' as const };
  }
  const dataset = await createDataset(files(), { name: 'files', shape });
  expect(dataset.train.images).toEqual(digits.images.slice(0, 20 * 784));
});

test('without test images, some of each class are held out', async () => {
  const images = Array.from({ length: count }, (_, i) => ({
    image: { pixels: pixelsOf(i), shape },
    label: labelOf(i),
  }));
  const { train, test: held } = await createDataset(images, { name: 'parity', shape });
  expect(train.labels.length + held.labels.length).toBe(count);
  expect(new Set(held.labels)).toEqual(new Set([0, 1]));
});

describe('rejects', () => {
  const image = { pixels: pixelsOf(0), shape };

  test('an image without a label', async () => {
    const images = [{ image, label: 'a' }, { image } as unknown as LabeledImage];
    await expect(createDataset(images, { name: 'x', shape })).rejects.toThrow(
      new InvalidInputError(
        'image 2 of x: expected the name of its class as label, got undefined; pass { image, label }',
      ),
    );
  });

  test('what is no image, and says which', async () => {
    const images = [{ image: { pixels: [NaN], shape: [1, 1, 1] }, label: 'a' }];
    await expect(createDataset(images, { name: 'x', shape })).rejects.toThrow(/^image 1 of x: /);
  });
});
