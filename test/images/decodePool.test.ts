import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { MachineError } from '#inkling/core/errors.js';
import { centerCropResize } from '#inkling/images/resize/centerCropResize.js';
import { DecodePool, type PoolResult } from '#inkling/images/decodePool.js';
import type { ImageFile } from '#inkling/images/imageFile.js';
import { threadTimeFile } from '#inkling/platform/thread.js';
import { temporaryFolder } from '../data/tinySet.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { craftSlowSvg, encodeJpeg, encodePng, encodeWebp } from '../helpers/encodeImage.js';

const seven = drawDigit(7, { name: 'plain' }, 1);
const small = {
  width: 16,
  height: 16,
  data: Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 251)),
};
const pool = new DecodePool({ threads: 2 });
afterAll(() => pool.close());

function write(contents: readonly Uint8Array[]): ImageFile[] {
  const folder = temporaryFolder();
  return contents.map((content, at) => {
    const path = join(folder, String(at));
    writeFileSync(path, content);
    return { path, offset: 0, bytes: content.length };
  });
}

test('measures and resizes many images in order', async () => {
  const [large, little] = [await encodePng(seven), await encodePng(small)];
  const files = write(Array.from({ length: 150 }, (_, at) => (at % 3 === 0 ? large : little)));
  const sizes: PoolResult[] = [];
  await pool.measure(files, (at, result) => (sizes[at] = result));
  const resized: PoolResult[] = [];
  await pool.resize(files, [12, 10, 3], (at, result) => (resized[at] = result));
  for (const [at] of files.entries()) {
    const image = at % 3 === 0 ? seven : small;
    expect(sizes[at]).toEqual({ width: image.width, height: image.height });
    expect(resized[at]).toEqual({ pixels: centerCropResize(image, [12, 10, 3]) });
  }
});

test.each([
  ['PNG', encodePng],
  ['JPEG', encodeJpeg],
  ['WebP', encodeWebp],
])('a damaged %s file does not affect the files after it', async (_format, encode) => {
  const good = await encode(small);
  const broken = Array.from({ length: 20 }, (_, at) => {
    const bytes = good.slice(0, good.length - (at % 2) * 30);
    for (let place = 30 + at; place < bytes.length; place += 7) bytes[place] ^= 0x55;
    return bytes;
  });
  const files = write(broken.flatMap((bytes) => [bytes, good]));
  const results: PoolResult[] = [];
  await pool.resize(files, [16, 16, 3], (at, result) => (results[at] = result));
  const expected = results.filter((_, at) => at % 2 === 1);
  expect(new Set(expected.map((result) => JSON.stringify(result))).size).toBe(1);
  expect(expected[0]).toHaveProperty('pixels');
  expect(results.filter((result) => 'problem' in result).length).toBeGreaterThan(5);
});

test('stops decoding an image that takes too long, and reports a machine failure', async () => {
  const impatient = new DecodePool({ threads: 1, timeoutMs: 1 });
  const results: PoolResult[] = [];
  await expect(
    impatient.measure(write([await encodePng(small)]), (at, result) => (results[at] = result)),
  ).rejects.toThrow(MachineError);
  await impatient.close();
  expect(results).toEqual([
    {
      problem:
        'decoding took longer than 0.002 s and was stopped; try again when the machine is less busy, or use a simpler image',
      isMachineFailure: true,
    },
  ]);
});

test.runIf(threadTimeFile() !== undefined)(
  'abandons a file that takes too much processor time, but not those that are decoded with it',
  async () => {
    const png = await encodePng(small);
    const results: PoolResult[] = [];
    const files = write([png, craftSlowSvg(), png]);
    await pool.resize(files, [16, 16, 3], (at, result) => (results[at] = result));
    const decoded = { pixels: centerCropResize(small, [16, 16, 3]) };
    const slow = { isMachineFailure: false, isTooSlow: true };
    expect(results).toMatchObject([decoded, slow, decoded]);
  },
);
