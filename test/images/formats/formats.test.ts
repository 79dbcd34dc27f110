import { beforeAll, expect, test, vi } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage, measureImage } from '#inkling/images/decode.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import { faxTiff, makeBmp, makeTiff, twoColors } from './samples.js';

beforeAll(() => {
  // The library for TIFF logs.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

function pixel({ width, data }: DecodedImage, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

test.each(Object.entries(twoColors))('decodes %s', async (_, bytes) => {
  const image = await decodeImage(bytes);
  expect(image).toMatchObject({ width: 16, height: 12 });
  expect(await measureImage(bytes)).toEqual({ width: 16, height: 12 });
  for (const [x, expected] of [
    [2, [200, 30, 40, 255]],
    [13, [20, 90, 220, 255]],
  ] as const) {
    const differences = pixel(image, x, 6).map((value, i) => Math.abs(value - expected[i]));
    expect(Math.max(...differences)).toBeLessThan(12);
  }
});

test('decodes a TIFF with CCITT compression', async () => {
  const image = await decodeImage(faxTiff);
  expect([pixel(image, 7, 0), pixel(image, 8, 11)]).toEqual([
    [255, 255, 255, 255],
    [0, 0, 0, 255],
  ]);
});

const [RED, GREEN, BLUE] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [0, 0, 255, 255],
];
const palette = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0];

/** Each shows red and green above blue and red. */
test.each([
  ['24 bits', { bits: 24, rows: [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0] }],
  ['32 bits', { bits: 32, rows: [255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0] }],
  ['16 bits', { bits: 16, rows: [0x1f, 0, 0, 0x7c, 0, 0x7c, 0xe0, 0x03] }],
  [
    '16 bits with masks',
    {
      bits: 16,
      compression: 3,
      table: [0, 0xf8, 0, 0, 0xe0, 7, 0, 0, 0x1f, 0, 0, 0],
      rows: [0x1f, 0, 0, 0xf8, 0, 0xf8, 0xe0, 7],
    },
  ],
  ['8 bits', { bits: 8, table: palette, rows: [2, 0, 0, 0, 0, 1, 0, 0] }],
  ['4 bits', { bits: 4, table: palette, rows: [0x20, 0, 0, 0, 0x01, 0, 0, 0] }],
  ['runs of 8 bits', { bits: 8, compression: 1, table: palette, rows: [1, 2, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1] }],
  ['runs of 4 bits', { bits: 4, compression: 2, table: palette, rows: [2, 0x20, 0, 0, 2, 0x01, 0, 1] }],
])('decodes a BMP with %s', async (_, options) => {
  const image = await decodeImage(makeBmp({ width: 2, height: 2, ...options }));
  const pixels = [pixel(image, 0, 0), pixel(image, 1, 0), pixel(image, 0, 1), pixel(image, 1, 1)];
  expect(pixels).toEqual([RED, GREEN, BLUE, RED]);
});

test('decodes a top-down BMP', async () => {
  const image = await decodeImage(
    makeBmp({ width: 1, height: -2, bits: 8, table: palette, rows: [1, 0, 0, 0, 2, 0, 0, 0] }),
  );
  expect([pixel(image, 0, 0), pixel(image, 0, 1)]).toEqual([GREEN, BLUE]);
});

test('rejects a truncated BMP', async () => {
  const bmp = makeBmp({ width: 2, height: 2, bits: 8, table: palette, rows: [2, 0, 0, 0, 0] });
  await expect(decodeImage(bmp)).rejects.toThrow(
    new InklingError('the BMP file is damaged or truncated; save it again'),
  );
});

test.each([
  ['16-bit gray', [0x12, 0x80, 0, 0xff], { 258: [16], 262: [1] }, [[128, 128, 128, 255], RED.map(() => 255)]],
  [
    'white is zero',
    [10, 200],
    { 258: [8], 262: [0] },
    [
      [245, 245, 245, 255],
      [55, 55, 55, 255],
    ],
  ],
  ['CMYK', [0, 255, 255, 0, 0, 0, 0, 255], { 258: [8, 8, 8, 8], 262: [5], 277: [4] }, [RED, [0, 0, 0, 255]]],
  [
    'palette',
    [0, 1],
    {
      258: [8],
      262: [3],
      320: [
        65535,
        ...Array<number>(255).fill(0),
        0,
        65535,
        ...Array<number>(254).fill(0),
        ...Array<number>(256).fill(0),
      ],
    },
    [RED, GREEN],
  ],
  [
    'alpha',
    [9, 9, 9, 7, 8, 8, 8, 0],
    { 258: [8, 8, 8, 8], 262: [2], 277: [4], 338: [2] },
    [
      [9, 9, 9, 7],
      [8, 8, 8, 0],
    ],
  ],
])('decodes a TIFF with %s', async (_, samples, tags, expected) => {
  const image = await decodeImage(makeTiff(samples, { 256: [2], 257: [1], ...tags }));
  expect([pixel(image, 0, 0), pixel(image, 1, 0)]).toEqual(expected);
});

test('decodes a big-endian TIFF, and applies its orientation', async () => {
  const tags = { 256: [2], 257: [1], 258: [16], 262: [1], 274: [6] };
  const image = await decodeImage(makeTiff([0x80, 0x12, 0xff, 0], tags, true));
  expect(image).toMatchObject({ width: 1, height: 2 });
  expect([pixel(image, 0, 0)[0], pixel(image, 0, 1)[0]]).toEqual([128, 255]);
});

test('describes unsupported features of a TIFF', async () => {
  const tags = { 256: [2], 257: [1], 258: [8], 262: [1], 259: [34712] };
  await expect(decodeImage(makeTiff([1, 2], tags))).rejects.toThrow(
    new InklingError('the TIFF file has compression 34712, which cannot be read; convert it to PNG'),
  );
});
