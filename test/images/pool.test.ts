import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { centerCropResize } from '#inkling/images/centerCropResize.js';
import { PicturePool, type PoolResult } from '#inkling/images/pool.js';
import type { PictureFile } from '#inkling/images/pictureFile.js';
import { temporaryFolder } from '../data/tinySet.js';
import { drawDigit } from '../helpers/drawnDigits.js';
import { encodeJpeg, encodePng, encodeWebp } from '../helpers/encodePicture.js';

const seven = drawDigit(7, { name: 'plain' }, 1);
const small = {
  width: 16,
  height: 16,
  data: Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 251)),
};
const pool = new PicturePool({ threads: 2 });
afterAll(() => pool.close());

function write(contents: readonly Uint8Array[]): PictureFile[] {
  const folder = temporaryFolder();
  return contents.map((content, at) => {
    const path = join(folder, String(at));
    writeFileSync(path, content);
    return { path, offset: 0, bytes: content.length };
  });
}

test('measures and fits many pictures, each in its place', async () => {
  const [large, little] = [await encodePng(seven), await encodePng(small)];
  const files = write(Array.from({ length: 150 }, (_, at) => (at % 3 === 0 ? large : little)));
  const sizes: PoolResult[] = [];
  await pool.measure(files, (at, result) => (sizes[at] = result));
  const fitted: PoolResult[] = [];
  await pool.fit(files, [12, 10, 3], (at, result) => (fitted[at] = result));
  for (const [at] of files.entries()) {
    const picture = at % 3 === 0 ? seven : small;
    expect(sizes[at]).toEqual({ width: picture.width, height: picture.height });
    expect(fitted[at]).toEqual({ pixels: centerCropResize(picture, [12, 10, 3]) });
  }
});

test.each([
  ['PNG', encodePng],
  ['JPEG', encodeJpeg],
  ['WebP', encodeWebp],
])('broken %s files spoil nothing for those behind them', async (_format, encode) => {
  const good = await encode(small);
  const broken = Array.from({ length: 20 }, (_, at) => {
    const bytes = good.slice(0, good.length - (at % 2) * 30);
    for (let place = 30 + at; place < bytes.length; place += 7) bytes[place] ^= 0x55;
    return bytes;
  });
  const files = write(broken.flatMap((bytes) => [bytes, good]));
  const results: PoolResult[] = [];
  await pool.fit(files, [16, 16, 3], (at, result) => (results[at] = result));
  const expected = results.filter((_, at) => at % 2 === 1);
  expect(new Set(expected.map((result) => JSON.stringify(result))).size).toBe(1);
  expect(expected[0]).toHaveProperty('pixels');
  expect(results.filter((result) => 'problem' in result).length).toBeGreaterThan(5);
});

test('a picture that takes too long is given up', async () => {
  const hasty = new PicturePool({ threads: 1, timeLimitMs: 1 });
  const results: PoolResult[] = [];
  await hasty.measure(write([await encodePng(small)]), (at, result) => (results[at] = result));
  await hasty.close();
  expect(results).toEqual([{ problem: 'the picture takes longer than 0.001 s to read; make it simpler' }]);
});
