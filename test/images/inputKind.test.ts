import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { inputKindOf, isNormalizedDigit } from '#inkling/images/inputKind.js';
import { imageOfPixels, preprocess, preprocessBytes } from '#inkling/images/preprocess.js';
import { resizePhoto } from '#inkling/images/resize/resizePhoto.js';
import { pattern } from './resize/pattern.js';

const SHAPE = [28, 28, 1];
const { images } = generateDigits({ seed: 1, train: 40, test: 1 }).train;
const digit = images.slice(0, 784);

/** Moves an image by some columns. */
const shifted = (pixels: Uint8Array, columns: number) =>
  pixels.map((_, i) => (i % 28 >= columns ? pixels[i - columns] : 0));

test('judges a data set by its pixels', () => {
  expect(inputKindOf(images, SHAPE)).toBe('digit');
  const textures = Uint8Array.from({ length: 784 * 20 }, (_, i) => 100 + ((i * 37) % 91));
  expect(inputKindOf(textures, SHAPE)).toBe('image');
  expect(
    inputKindOf(
      images.map((value) => 255 - value),
      SHAPE,
    ),
  ).toBe('image');
  expect(inputKindOf(new Uint8Array(), SHAPE)).toBe('image');
  expect(inputKindOf(images, [28, 14, 2])).toBe('image');
});

test('recognizes a normalized digit by its contrast, size and place', () => {
  expect(isNormalizedDigit(digit, SHAPE)).toBe(true);
  expect(isNormalizedDigit(shifted(digit, 4), SHAPE)).toBe(false);
  expect(isNormalizedDigit(new Uint8Array(784), SHAPE)).toBe(false);
  expect(isNormalizedDigit(new Uint8Array(784).fill(255), SHAPE)).toBe(false);
});

test('uses a normalized digit unchanged, and normalizes others', () => {
  const options = { shape: SHAPE, inputKind: 'digit', content: 'single' } as const;
  const asIs = preprocess(imageOfPixels(digit, SHAPE), options);
  expect([...asIs.pixels]).toEqual(Array.from(digit, (value) => Math.fround(value / 255)));
  const inverted = digit.map((value) => 255 - value);
  expect(isNormalizedDigit(preprocessBytes(imageOfPixels(inverted, SHAPE), SHAPE, 'digit'), SHAPE)).toBe(
    true,
  );
});

test('an image without a drawing is not changed', () => {
  const blank = new Uint8Array(784).fill(200);
  expect([...preprocessBytes(imageOfPixels(blank, SHAPE), SHAPE, 'digit')]).toEqual([...blank]);
});

test('prepares a photo in its own way, also if it has the size of the input', () => {
  const photo = pattern(12, 12);
  const options = { shape: [12, 12, 3], inputKind: 'photo', content: 'single' } as const;
  const expected = resizePhoto(photo, options.shape);
  expect(preprocessBytes(photo, options.shape, 'photo')).toEqual(expected);
  expect(preprocess(photo, options)).toEqual({ pixels: toUnitFloats(expected), concerns: [] });
  expect(preprocessBytes(photo, options.shape, 'image')).not.toEqual(expected);
  expect(() => preprocess(photo, { ...options, content: 'number' })).toThrow(
    new InklingError(
      'the model takes photo input of 12×12×3, expected a model with digit input, such as one trained on MNIST, to read a number',
    ),
  );
});
