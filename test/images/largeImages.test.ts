import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage } from '#inkling/images/decode.js';
import { DecodePool, type PoolResult } from '#inkling/images/decodePool.js';
import { LARGE_PIXELS } from '#inkling/images/limits.js';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { temporaryFolder } from '../data/tinySet.js';
import { craftPng } from '../helpers/encodeImage.js';

/** 7,000 × 5,000 pixels, 35 million: the left half is black, the right half is white. */
const row = Uint8Array.from({ length: 1 + 7000 }, (_, at) => (at > 3500 ? 255 : 0));
const pixels = new Uint8Array(5000 * row.length);
for (let y = 0; y < 5000; y++) pixels.set(row, y * row.length);
const large = craftPng(7000, 5000, pixels);
const halves = [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255];

test('a photo from a phone is shrunk as it is decoded', async () => {
  const { width, height, data } = await decodeImage(large);
  expect([width, height, width * height < LARGE_PIXELS]).toEqual([3500, 2500, true]);
  expect([data[4 * 1749], data[4 * 1750]]).toEqual([0, 255]);
});

test('data sets and predictions read large photos', async () => {
  const path = join(temporaryFolder(), 'large.png');
  writeFileSync(path, large);
  const pool = new DecodePool({ threads: 2 });
  const file = { path, offset: 0, bytes: large.length };
  const results: PoolResult[] = [];
  await pool.resize([file, file, file], [1, 4, 3], (index, result) => (results[index] = result));
  await pool.close();
  const pixels = Uint8Array.from(halves);
  expect(results).toEqual([{ pixels }, { pixels }, { pixels }]);

  const preprocessor = new ImagePreprocessor([1, 4, 3], 'image', { threads: 2 });
  const read = await preprocessor.preprocess(large);
  await preprocessor.close();
  expect([...read.pixels]).toEqual(halves.map((value) => value / 255));
});

test('a server rejects images that take much memory', async () => {
  const preprocessor = new ImagePreprocessor([1, 4, 3], 'image', { threads: 2, largestImage: 20_000_000 });
  await expect(preprocessor.preprocess(large)).rejects.toThrow(
    new InklingError('the image has 7000 × 5000 pixels, expected 1 to 20,000,000 in total; resize it'),
  );
  await preprocessor.close();
});
