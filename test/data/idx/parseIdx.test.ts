import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { openDatasetFile } from '#inkling/data/files/datasetFile.js';
import { parseIdxImages, parseIdxLabels } from '#inkling/data/idx/parseIdx.js';
import { bitFlips, truncations, undetectedDamage } from '../../helpers/damage.js';
import { idx } from '../tinySet.js';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const withByte = (bytes: Uint8Array, at: number, value: number): Uint8Array =>
  Uint8Array.from(bytes).fill(value, at, at + 1);

const images = idx([2, 1, 3], [1, 2, 3, 4, 5, 6]);
const labels = idx([3], [7, 0, 255]);

describe('parseIdxImages', () => {
  test('parses sizes and pixels without copying', () => {
    const { count, height, width, pixels } = parseIdxImages(images, 'f');
    expect([count, height, width]).toEqual([2, 1, 3]);
    expect([...pixels]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pixels.buffer).toBe(images.buffer);
  });

  test('parses a view that does not start at the beginning of its buffer', () => {
    const shifted = Uint8Array.from([9, 9, 9, ...images]).subarray(3);
    expect([...parseIdxImages(shifted, 'f').pixels]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['an empty file', text(''), 'f: has 0 bytes, expected an IDX file that starts with 0x00000803'],
    [
      'a truncated magic number',
      images.subarray(0, 3),
      'f: has 3 bytes, expected an IDX file that starts with 0x00000803',
    ],
    [
      'a truncated header',
      images.subarray(0, 15),
      'f: has 15 bytes, expected a header of 16; get a complete copy',
    ],
    [
      'truncated pixels',
      images.subarray(0, 20),
      'f: has 20 bytes, expected 22 for shape 2×1×3 in its header; get a complete copy',
    ],
    [
      'trailing bytes',
      Uint8Array.from([...images, 0]),
      'f: has 23 bytes, expected 22 for shape 2×1×3 in its header; get a complete copy',
    ],
    [
      'an implausible count',
      withByte(images, 4, 0xff),
      'f: has 22 bytes, expected 12834570262 for shape 4278190082×1×3 in its header; get a complete copy',
    ],
    ['no images', idx([0, 28, 28], []), 'f: has shape 0×28×28 by its header, expected sizes of at least 1'],
    [
      'images without width',
      idx([2, 28, 0], []),
      'f: has shape 2×28×0 by its header, expected sizes of at least 1',
    ],
    [
      'implausibly wide images',
      idx([1, 1, 5000], Array<number>(5000).fill(0)),
      'f: images of 1×5000, expected at most 4096×4096',
    ],
    [
      'a packed file',
      gzipSync(images),
      'f: is packed with gzip, expected an IDX file that starts with 0x00000803; unpack it first',
    ],
    [
      'a web page',
      text('\n <!DOCTYPE html><html><body>403 Forbidden</body></html>'),
      'f: is a web page, expected an IDX file that starts with 0x00000803; download the file itself',
    ],
    [
      'an image',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...images]),
      'f: starts with 0x89504e47, expected an IDX file that starts with 0x00000803',
    ],
    [
      'a first byte that is not zero',
      withByte(images, 0, 1),
      'f: starts with 0x01000803, expected an IDX file that starts with 0x00000803',
    ],
    [
      'a second byte that is not zero',
      withByte(images, 1, 1),
      'f: starts with 0x00010803, expected an IDX file that starts with 0x00000803',
    ],
    [
      'an unknown data type',
      withByte(images, 2, 0x07),
      'f: starts with 0x00000703, expected an IDX file that starts with 0x00000803',
    ],
    ['floats', withByte(images, 2, 0x0d), 'f: contains 32-bit floats, expected unsigned bytes'],
    ['labels', labels, 'f: has 1 axes, expected images, which have 3; check whether files are swapped'],
  ])('rejects %s', (_, bytes, message) => {
    expect(() => parseIdxImages(bytes, 'f')).toThrow(new InklingError(message));
  });
});

describe('parseIdxLabels', () => {
  test('parses labels without copying', () => {
    const parsed = parseIdxLabels(labels, 'f');
    expect([...parsed]).toEqual([7, 0, 255]);
    expect(parsed.buffer).toBe(labels.buffer);
  });

  test.each([
    [
      'a truncated header',
      labels.subarray(0, 7),
      'f: has 7 bytes, expected a header of 8; get a complete copy',
    ],
    ['no labels', idx([0], []), 'f: has shape 0 by its header, expected sizes of at least 1'],
    [
      'truncated labels',
      labels.subarray(0, 10),
      'f: has 10 bytes, expected 11 for shape 3 in its header; get a complete copy',
    ],
    ['images', images, 'f: has 3 axes, expected labels, which have 1; check whether files are swapped'],
  ])('rejects %s', (_, bytes, message) => {
    expect(() => parseIdxLabels(bytes, 'f')).toThrow(new InklingError(message));
  });
});

test('detects every truncation, and every flipped bit of a packed file', async () => {
  const file = Uint8Array.from(images);
  expect(
    await undetectedDamage(file, truncations(file), (bytes) => parseIdxImages(bytes, 'f').pixels),
  ).toEqual([]);
  const packed = Uint8Array.from(gzipSync(file));
  const read = (bytes: Uint8Array) =>
    parseIdxImages(openDatasetFile({ name: 'f', bytes: 1000 }, 'f', bytes).bytes, 'f').pixels;
  expect(await undetectedDamage(packed, truncations(packed), read)).toEqual([]);
  expect(await undetectedDamage(packed, bitFlips(packed), read)).toEqual([]);
});
