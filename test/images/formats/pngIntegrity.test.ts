import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage } from '#inkling/images/decode.js';
import { bitFlips, truncations, undetectedDamage } from '../../helpers/damage.js';
import { chunk, craftPng, encodePng } from '../../helpers/encodeImage.js';

const pixels = Uint8Array.from([0, 10, 200, 30, 0, 40, 150, 60, 0, 70, 80, 190]);
/** Orientation 6, so that the image is rotated. */
const exif = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1');
const small = craftPng(3, 3, pixels, {
  chunks: [chunk('eXIf', exif), chunk('tEXt', Buffer.from('Title\0x'))],
});

/** The file with chunks before the last one, which is empty. */
const withLast = (file: Uint8Array, ...chunks: readonly Buffer[]) =>
  Uint8Array.from(Buffer.concat([file.subarray(0, -12), ...chunks, file.subarray(-12)]));

test('detects every flipped bit that changes the image', async () => {
  expect(await undetectedDamage(small, bitFlips(small), decodeImage)).toEqual([]);
});

test('detects every truncation that changes the image', async () => {
  expect(await undetectedDamage(small, truncations(small), decodeImage)).toEqual([]);
  // Viewers read files that end after the pixels, so that the lack of a whole chunk is not damage.
  const rotated = withLast(craftPng(3, 3, pixels), chunk('eXIf', exif));
  const cuts = [...truncations(rotated)].filter(
    ({ bytes }) => bytes.length >= rotated.length - 12 - 4 - exif.length,
  );
  expect(await undetectedDamage(rotated, cuts, decodeImage)).toEqual([]);
});

test('detects flipped bits in a file of another encoder', async () => {
  const data = Uint8Array.from({ length: 4 * 5 * 4 }, (_, i) => (i * 37) % 256);
  const file = await encodePng({ width: 5, height: 4, data });
  expect(await undetectedDamage(file, bitFlips(file), decodeImage)).toEqual([]);
});

test('names the chunk whose checksum is wrong', async () => {
  const damaged = small.slice();
  const idatBytes = 12 + deflateSync(pixels).length;
  damaged[damaged.length - 13] ^= 1;
  await expect(decodeImage(damaged)).rejects.toThrow(
    new InklingError(
      `the PNG file is damaged: the checksum of its IDAT chunk at byte ${small.length - 12 - idatBytes} is wrong; get a clean copy`,
    ),
  );
});

test('reads a file that is cut off after the pixels, but rejects one with too few pixels', async () => {
  const captioned = withLast(craftPng(3, 3, pixels), chunk('tEXt', Buffer.from('Title\0abcdefgh')));
  const { data } = await decodeImage(craftPng(3, 3, pixels));
  for (const cut of [13, 20]) expect((await decodeImage(captioned.slice(0, -cut))).data).toEqual(data);
  await expect(decodeImage(craftPng(3, 3, pixels.subarray(0, 9)))).rejects.toThrow(
    new InklingError('the PNG file is damaged or truncated; save it again'),
  );
});

test('reads an interlaced file, whose passes are complete', async () => {
  // A 1×1 image has only the first of the seven passes.
  const single = craftPng(1, 1, Uint8Array.from([0, 77]), { interlaced: true });
  expect([...(await decodeImage(single)).data]).toEqual([77, 77, 77, 255]);
  // Of 3×3 pixels, passes 1, 4, 5, 6 and 7 have 1, 1, 2, 2 and 3 pixels in 1, 1, 1, 2 and 1 rows.
  const passes = [0, 1, 0, 2, 0, 3, 4, 0, 5, 0, 6, 0, 7, 8, 9];
  const whole = craftPng(3, 3, Uint8Array.from(passes), { interlaced: true });
  const grays = (await decodeImage(whole)).data.filter((_, index) => index % 4 === 0);
  expect([...grays]).toEqual([1, 5, 2, 7, 8, 9, 3, 6, 4]);
  const cut = craftPng(3, 3, Uint8Array.from(passes.slice(0, -1)), { interlaced: true });
  await expect(decodeImage(cut)).rejects.toThrow('damaged or truncated');
});
