import { expect, test } from 'vitest';
import { previewAugmentation } from '#inkling/train/preview.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';

const digits = generateDigits({ seed: 1, train: 6, test: 1 });
const BYTES = 28 * 28;
const original = (image: number) => digits.train.images.slice(image * BYTES, (image + 1) * BYTES);
const preview = (augment: object, seed = 0) =>
  previewAugmentation(digits, {
    augmentation: augment,
    images: [4, 2],
    draws: 12,
    seed,
  });

function mirrored(pixels: Uint8Array): Uint8Array {
  return pixels.map((_, place) => pixels[place - (place % 28) + 27 - (place % 28)]);
}

test('returns the requested images, unchanged without augmentation', async () => {
  const [four, two] = await preview({});
  for (const draw of four) expect(draw).toEqual(original(4));
  for (const draw of two) expect(draw).toEqual(original(2));
});

test('mirrors some draws and leaves the others unchanged', async () => {
  const [draws] = await preview({ flip: true });
  const [as, turned] = [original(4), mirrored(original(4))].map(String);
  expect(new Set(draws.map(String))).toEqual(new Set([as, turned]));
});

test('is equal for equal seeds, and differs between draws and seeds', async () => {
  const augment = { shift: 3, rotate: 20 };
  const [first, again, other] = [await preview(augment), await preview(augment), await preview(augment, 1)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(new Set(first[0].map(String)).size).toBe(12);
});

test('rejects an augmentation that could remove whole images', async () => {
  await expect(preview({ shift: 30 })).rejects.toThrow(
    'augment: shift 30 could remove whole images of 28×28×1; use less than 28 pixels',
  );
});

test('rejects an unknown change', async () => {
  await expect(preview({ flop: true })).rejects.toThrow(
    'augmentation: unknown setting "flop" (did you mean "flip"?)',
  );
});

test('rejects changes of color for images without', async () => {
  await expect(preview({ hue: 0.1 })).rejects.toThrow(
    'augment: hue changes colors of red, green and blue, but images of 28×28×1 have 1 channel; ' +
      'leave hue out, or use brightness or contrast',
  );
  expect(await preview({ randAugment: 2 })).toHaveLength(2);
});
