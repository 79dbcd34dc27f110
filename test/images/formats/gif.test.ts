import { GifWriter } from 'omggif';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage } from '#inkling/images/decode.js';
import { decodeLzw } from '#inkling/images/formats/lzw.js';

/** Blocks of 255 bytes at most, and the empty one that ends them. */
function blocksOf(data: readonly number[]): number[] {
  const blocks: number[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  return [...blocks, 0];
}

/** Codes of 3 bits for 4 colors, each preceded by a clear code (4), so that codes stay short. */
function packCodes(codes: readonly number[]): number[] {
  let [bits, available] = [0, 0];
  const bytes: number[] = [];
  for (const code of codes) {
    bits |= code << available;
    for (available += 3; available >= 8; available -= 8) {
      bytes.push(bits & 255);
      bits >>= 8;
    }
  }
  return [...bytes, bits & 255];
}

const COLORS = [
  [10, 20, 30],
  [40, 50, 60],
  [70, 80, 90],
  [100, 110, 120],
];

interface Layout {
  readonly packed?: number;
  readonly frame?: readonly [left: number, top: number, width: number, height: number];
  readonly extension?: readonly number[];
}

/** A GIF of 2 × 9 pixels with 4 colors. */
function craftGif(
  codes: readonly number[],
  { packed = 0, frame = [0, 0, 2, 9], extension = [] }: Layout = {},
) {
  const header = [...Buffer.from('GIF89a', 'latin1'), 2, 0, 9, 0, 0x81, 0, 0, ...COLORS.flat()];
  const [left, top, width, height] = frame;
  const image = [0x2c, left, 0, top, 0, width, 0, height, 0, packed, 2, ...blocksOf(packCodes(codes))];
  return Uint8Array.from([...header, ...extension, ...image, 0x3b]);
}

const literal = (indices: readonly number[]) => indices.flatMap((index) => [4, index]);
/** The index of the first pixel of each row; -1 for a transparent one. */
const rows = (data: ArrayLike<number>) =>
  Array.from({ length: 9 }, (_, y) => COLORS.findIndex(([red]) => data[8 * y] === red));

test('decodes random images with every size of color table like the encoder wrote them', async () => {
  let random = 1;
  const next = () => (random = (random * 48_271) % 2_147_483_647);
  for (const colors of [2, 4, 8, 16, 32, 64, 128, 256]) {
    const palette = Array.from({ length: colors }, (_, index) => index * 0x010100 + 7);
    const indices = Array.from({ length: 120 * 90 }, (_, at) => (at % 3 === 0 ? next() : at >> 5) % colors);
    const bytes = new Uint8Array(60_000);
    const gif = new GifWriter(bytes, 120, 90, { palette });
    gif.addFrame(0, 0, 120, 90, indices);
    const { data } = await decodeImage(bytes.slice(0, gif.end()));
    const expected = indices.flatMap((index) => [index, index, 7, 255]);
    expect(Buffer.compare(Buffer.from(data), Uint8Array.from(expected)), `${colors} colors`).toBe(0);
  }
});

test('orders the rows of an interlaced frame', async () => {
  // Rows 0, 8, 4, 2, 6, 1, 3, 5, 7, of the colors 0, 1, 2, 3, 3, 1, 1, 1, 1.
  const indices = [0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
  const { data } = await decodeImage(craftGif(literal(indices), { packed: 0x40 }));
  expect(rows(data)).toEqual([0, 1, 3, 1, 2, 1, 3, 1, 1]);
});

test('leaves out a transparent color, and what lies outside the image', async () => {
  const extension = [0x21, 0xf9, 4, 1, 0, 0, 2, 0];
  const frame = [0, 7, 3, 3] as const;
  const { data } = await decodeImage(craftGif(literal([1, 1, 1, 2, 1, 1, 3, 3, 3]), { frame, extension }));
  expect(rows(data)).toEqual([-1, -1, -1, -1, -1, -1, -1, 1, -1]);
  expect([...data.subarray(4 * 17)]).toEqual([40, 50, 60, 255]);
});

/** One of its codes is used before it is defined; omggif never returns. */
const ENDLESS = `R0lGODlhMAAoAIEAAP///wAAAICAgP8AACwAAAAAMAAoAAACihRgeMl7EWNwqjZLr34S5o+FW9h5IjimVDmdruqy6PzSco3Dya3T
PcDzCXHB3HBU/ClXpaMz1jRKkdHllNl5Wi9J7bN7lYK3w7GXWD1bzWEYmwzNts9vNag+J6XzPzycu/dXFmiHJicoRshno4hIdVjY
1xh5N7moB3npZumIJUGZmNkZ96k5KDpUAAA7`;

test.each([
  ['a code that is not defined yet', craftGif([4, 0, 7, 0])],
  ['no first index', craftGif([4, 6])],
  ['pixels that end too early', craftGif([...literal([0, 1, 2]), 5])],
  ['a missing color table', craftGif(literal(Array<number>(18).fill(0))).with(10, 0)],
  ['a loop of codes', Uint8Array.from(Buffer.from(ENDLESS, 'base64'))],
])('rejects %s', async (_, bytes) => {
  await expect(decodeImage(new Uint8Array(bytes))).rejects.toThrow(
    new InklingError('the GIF file is damaged or truncated; save it again'),
  );
});

test('rejects or decodes any bytes in time proportional to the number of pixels', () => {
  let random = 7;
  const next = () => (random = (random * 48_271) % 2_147_483_647);
  let decoded = 0;
  for (let round = 0; round < 3000; round++) {
    const codes = Uint8Array.from({ length: 60 }, next);
    try {
      decoded += decodeLzw(codes, 1 + (next() % 8), 9).length;
    } catch (error) {
      expect((error as Error).message).toMatch(/^(truncated|invalid code)$/);
    }
  }
  expect(decoded).toBeGreaterThan(0);
});
