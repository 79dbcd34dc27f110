import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage, IMAGE_FORMATS } from '#inkling/images/decode.js';
import { type DecodedImage, LUMA_WEIGHTS } from '#inkling/images/decodedImage.js';
import { craftPng, encodeGif, encodeJpeg, encodePng, encodeWebp } from '../helpers/encodeImage.js';

/** A gray gradient, darker to the right, with a black spot in the upper left corner. */
const image: DecodedImage = {
  width: 24,
  height: 16,
  data: Uint8Array.from({ length: 4 * 24 * 16 }, (_, i) => {
    const [x, y] = [(i >> 2) % 24, Math.floor((i >> 2) / 24)];
    return i % 4 === 3 ? 255 : x < 4 && y < 4 ? 0 : 250 - 4 * x;
  }),
};

const files = {
  PNG: await encodePng(image),
  JPEG: await encodeJpeg(image),
  WebP: await encodeWebp(image),
  GIF: encodeGif(image),
};
const SVG_START = '<svg xmlns="http://www.w3.org/2000/svg"';

function svg(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** From 0 to 1. */
function lumaOf({ width, height, data }: DecodedImage): number[] {
  return Array.from({ length: width * height }, (_, pixel) =>
    LUMA_WEIGHTS.reduce((sum, weight, channel) => sum + (weight * data[4 * pixel + channel]) / 255, 0),
  );
}

test.each(Object.entries(files))('decodes %s', async (name, bytes) => {
  const decoded = await decodeImage(bytes);
  expect(decoded).toMatchObject({ width: 24, height: 16 });
  const expected = lumaOf(image);
  const differences = lumaOf(decoded).map((value, at) => Math.abs(value - expected[at]));
  expect(Math.max(...differences)).toBeLessThan(name === 'JPEG' ? 0.15 : 0.002);
});

test('renders an SVG with its aspect ratio on a transparent background', async () => {
  const drawn = await decodeImage(
    svg(
      `<?xml version="1.0"?>\n${SVG_START} width="30" height="60"><path d="M0 0h15v60h-15z" fill="#f00"/></svg>`,
    ),
  );
  expect(drawn).toMatchObject({ width: 256, height: 512 });
  const pixel = (x: number, y: number) => [...drawn.data.subarray(4 * (y * 256 + x), 4 * (y * 256 + x) + 4)];
  expect(pixel(10, 500)).toEqual([255, 0, 0, 255]);
  expect(pixel(200, 500)).toEqual([0, 0, 0, 0]);
  const pale = await decodeImage(
    svg(`${SVG_START} width="9" height="9"><path d="M0 0h9v9h-9z" fill="#f80" opacity="0.5"/></svg>`),
  );
  expect([...pale.data.subarray(0, 4)]).toEqual([255, 135, 0, 128]);
});

test.each(Object.entries(files))('rejects a truncated %s file', async (name, bytes) => {
  const message = `the ${name} file is damaged or truncated; save it again`;
  for (const length of [20, Math.floor(bytes.length / 3)]) {
    await expect(decodeImage(bytes.slice(0, length)), `${length} bytes`).rejects.toThrow(
      new InklingError(message),
    );
  }
});

test.each([
  ['an empty file', new Uint8Array(), 'the file is empty; expected an image'],
  ['a text', svg('seven'), `the file is a text file, expected ${IMAGE_FORMATS}`],
  [
    'a web page',
    svg('<!doctype html><p>7'),
    `the file is a web page (HTML), expected ${IMAGE_FORMATS}; the download failed; open the address in a browser and save the file itself`,
  ],
  [
    'a large file',
    new Uint8Array(300_000_001),
    'the file has 300,000,001 bytes, expected at most 300,000,000; save a smaller one',
  ],
  [
    'an image with sides of 50,000 pixels',
    craftPng(50_000, 50_000, new Uint8Array(100)),
    'the image has 50000 × 50000 pixels, expected 1 to 250,000,000 in total; resize it',
  ],
  [
    'an image without pixels',
    craftPng(0, 7, new Uint8Array(100)),
    'the image has 0 × 7 pixels, expected 1 to 250,000,000 in total; resize it',
  ],
  [
    'a truncated SVG',
    svg(`${SVG_START}><path d="M0 0`),
    'the SVG file is damaged or truncated; save it again',
  ],
  [
    'an SVG with an embedded image',
    svg(`${SVG_START} width="9" height="9"><image href="data:image/png;base64,AAAA"/></svg>`),
    'the SVG file contains text, images or entities, expected only shapes; convert text to paths, or save it as PNG',
  ],
  [
    'an SVG with entities',
    svg(`<!DOCTYPE svg [<!ENTITY a "aaaa">]>${SVG_START} width="9" height="9">&a;</svg>`),
    'the SVG file contains text, images or entities, expected only shapes; convert text to paths, or save it as PNG',
  ],
  [
    'an SVG in another encoding',
    new Uint8Array([...svg(`${SVG_START}><desc>`), 0xff, 0xfe]),
    'the SVG file is not UTF-8 text; save it as UTF-8',
  ],
])('rejects %s', async (_, bytes, message) => {
  await expect(decodeImage(bytes)).rejects.toThrow(new InklingError(message));
});

test('decodes no more pixels than the header specifies', async () => {
  const bomb = craftPng(10, 10, new Uint8Array(200_000_000));
  const before = process.memoryUsage().arrayBuffers;
  expect(await decodeImage(bomb)).toMatchObject({ width: 10, height: 10 });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test('detects the format from the beginning of a file', async () => {
  const polyglot = new Uint8Array([...files.PNG, ...svg('<script>alert(7)</script>'), ...files.JPEG]);
  expect(await decodeImage(polyglot)).toMatchObject({ width: 24, height: 16 });
});
