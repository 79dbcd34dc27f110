import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeImage } from '#inkling/images/decode.js';
import { resizePhoto } from '#inkling/images/resize/resizePhoto.js';
import { goldenFile, goldenTensor, noGolden } from '../../helpers/golden.js';
import { pattern } from './pattern.js';

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/*
 * The expected values of this file are those of Pillow 13.0.0 for the same pattern, converted to "L" for one channel:
 *
 *   scale = max(width * 8 / 7 / image.width, height * 8 / 7 / image.height)
 *   image = image.resize((round(image.width * scale), round(image.height * scale)), Image.BICUBIC)
 *   left, top = (image.width - width) // 2, (image.height - height) // 2
 *   image.crop((left, top, left + width, top + height))
 */
test.each([
  ['shrinks', [37, 23], [8, 8, 3], 'bd80c18e7500cce9'],
  ['shrinks to luma', [37, 23], [8, 8, 1], '4f23ba6a65447819'],
  ['shrinks a square', [90, 90], [24, 24, 1], '21525d02d61cfb71'],
  ['shrinks as for ImageNet', [640, 480], [224, 224, 3], '75217f03e74319c2'],
  ['shrinks to one pixel', [64, 64], [1, 1, 3], '8e12ed997390722b'],
  ['enlarges', [37, 23], [28, 28, 3], 'f17e223550e9717d'],
  ['enlarges an image of the wanted size', [224, 224], [224, 224, 3], '150fffe6860e9a44'],
  ['enlarges one pixel', [1, 1], [7, 7, 3], '290e61ac210490bb'],
  ['enlarges a column', [1, 40], [7, 7, 3], '78d6ec6ac3b3dbae'],
  ['enlarges a row', [300, 1], [5, 5, 1], '4113f8b1032f884f'],
  ['only crops', [256, 256], [224, 224, 3], '628fa9e5aa4f6f5a'],
  ['covers a wide size', [37, 23], [12, 20, 3], '4627ff35c79cef89'],
  ['covers a high size', [37, 23], [20, 12, 3], 'bfb5ce72e8a9584f'],
] as const)('%s: %j pixels to %j', (_, [width, height], shape, digest) => {
  const resized = resizePhoto(pattern(width, height), shape);
  expect([resized.length, digestOf(resized)]).toEqual([shape[0] * shape[1] * shape[2], digest]);
});

test('resizes to the pixels of Pillow', () => {
  expect([...resizePhoto(pattern(37, 23), [4, 4, 1])]).toEqual([
    ...[125, 134, 117, 130],
    ...[129, 119, 116, 128],
    ...[136, 127, 132, 137],
    ...[125, 128, 122, 134],
  ]);
  expect([...resizePhoto(pattern(37, 23), [4, 4, 3])].slice(0, 12)).toEqual([
    ...[142, 113, 146],
    ...[138, 132, 133],
    ...[130, 105, 149],
    ...[132, 130, 125],
  ]);
});

test('blends transparent pixels with the background of an image', () => {
  const opaque = pattern(16, 12);
  const white = { ...opaque, data: opaque.data.map((value, i) => ((i >> 2) % 5 === 0 ? 255 : value)) };
  const transparent = { ...white, data: white.data.map((value, i) => ((i >> 2) % 5 === 0 ? 0 : value)) };
  for (const channels of [1, 3]) {
    expect(resizePhoto(transparent, [7, 7, channels])).toEqual(resizePhoto(white, [7, 7, channels]));
  }
  // A fifth of black on white.
  const veil = {
    width: 8,
    height: 8,
    data: Uint8Array.from({ length: 256 }, (_, i) => (i % 4 === 3 ? 51 : 0)),
  };
  expect(new Set(resizePhoto(veil, [7, 7, 3]))).toEqual(new Set([204]));
});

test.for(['astronaut.png', 'chelsea.png', 'china.jpg', 'coffee.png', 'flower.jpg', 'rocket.jpg'])(
  'prepares a photo as Pillow does: %s',
  async (file, { skip }) => {
    const photo = goldenFile(`efficientnet-lite0/photos/${file}`) ?? skip(noGolden);
    const expected = goldenFile('efficientnet-lite0/golden.safetensors') ?? skip(noGolden);
    const resized = resizePhoto(await decodeImage(Uint8Array.from(photo)), [224, 224, 3]);
    // Bytewise: arrays of this size take long to compare.
    expect(Buffer.compare(resized, goldenTensor(expected, `${file.split('.')[0]}.pixels`))).toBe(0);
  },
);
