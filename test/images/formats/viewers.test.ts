import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage, measureImage } from '#inkling/images/decode.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import { drawDigit } from '../../helpers/drawnDigits.js';
import { chunk, craftPng, encodeGif, encodeJpeg, encodePng, encodeWebp } from '../../helpers/encodeImage.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** 40 pixels wide and 24 high, dark in the upper left corner. */
const image: DecodedImage = {
  width: 40,
  height: 24,
  data: Uint8Array.from({ length: 4 * 40 * 24 }, (_, i) => {
    const [x, y] = [(i >> 2) % 40, Math.floor((i >> 2) / 40)];
    return i % 4 === 3 ? 255 : x < 16 && y < 8 ? 20 : 230;
  }),
};
const [jpeg, png, webp] = [
  await encodeJpeg(image, { progressive: false }),
  await encodePng(image),
  await encodeWebp(image),
];

/** Whether each quarter of an image is dark: upper left, upper right, lower left, lower right. */
function darkCorners({ width, height, data }: DecodedImage): boolean[] {
  return [
    [2, 2],
    [width - 3, 2],
    [2, height - 3],
    [width - 3, height - 3],
  ].map(([x, y]) => data[4 * (y * width + x)] < 128);
}

function insert(bytes: Bytes, at: number, ...parts: readonly (readonly number[] | Uint8Array)[]): Bytes {
  return new Uint8Array([
    ...bytes.subarray(0, at),
    ...parts.flatMap((part) => [...part]),
    ...bytes.subarray(at),
  ]);
}

function exifOf(orientation: number): number[] {
  return [
    ...Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0', 'latin1'),
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
}

function withExif(exif: readonly number[]): Record<string, Bytes> {
  const segment = [...Buffer.from('Exif\0\0', 'latin1'), ...exif];
  const lossless = webp.subarray(12);
  const exifChunk = [...Buffer.from('EXIF', 'latin1'), exif.length, 0, 0, 0, ...exif];
  const extended = [...Buffer.from('VP8X', 'latin1'), 10, 0, 0, 0, 0x08, 0, 0, 0, 39, 0, 0, 23, 0, 0];
  const body = [...Buffer.from('WEBP', 'latin1'), ...extended, ...lossless, ...exifChunk];
  return {
    JPEG: insert(jpeg, 2, [0xff, 0xe1, 0, segment.length + 2], segment),
    PNG: insert(png, 33, chunk('eXIf', Uint8Array.from(exif))),
    WebP: new Uint8Array([
      ...Buffer.from('RIFF', 'latin1'),
      body.length & 255,
      body.length >> 8,
      0,
      0,
      ...body,
    ]),
  };
}

/** Source: CIPA DC-008, the position of the first row and the first column. */
const corners = [0, 1, 3, 2, 0, 1, 3, 2];

test.each(corners.map((corner, index) => [index + 1, corner]))(
  'turns an image with Exif orientation %i',
  async (orientation, corner) => {
    for (const [format, bytes] of Object.entries(withExif(exifOf(orientation)))) {
      const turned = await decodeImage(bytes);
      const size = orientation < 5 ? { width: 40, height: 24 } : { width: 24, height: 40 };
      expect(turned, format).toMatchObject(size);
      expect(await measureImage(bytes)).toEqual(size);
      expect(darkCorners(turned).indexOf(true), format).toBe(corner);
    }
  },
);

test.each([
  ['nonsense', [...Buffer.from('MM\0*\0\0\0\x08\xff\xff', 'latin1'), ...Array(50).keys()]],
  ['nothing', [...Buffer.from('II*\0', 'latin1')]],
  ['an orientation of 9', exifOf(9)],
])('ignores Exif data with %s', async (_, exif) => {
  for (const [format, bytes] of Object.entries(withExif(exif))) {
    expect(darkCorners(await decodeImage(bytes)).indexOf(true), format).toBe(0);
  }
});

test('reads JPEG files with fill bytes, with garbage, or without an end marker', async () => {
  const frame = Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xc0]));
  const variants = {
    'fill bytes': insert(jpeg, frame, [0xff, 0xff, 0xff]),
    'garbage after its end': insert(jpeg, jpeg.length, Buffer.from('\0\0trailing garbage')),
    'no end': jpeg.slice(0, -2),
    'half an end': jpeg.slice(0, -1),
  };
  for (const [name, bytes] of Object.entries(variants)) {
    expect(await measureImage(bytes), name).toEqual({ width: 40, height: 24 });
    expect((await decodeImage(bytes)).data, name).toEqual((await decodeImage(jpeg)).data);
  }
});

test('reads a JPEG that lacks a few pixels, with a note, and rejects one that lacks many', async () => {
  const noisy = drawDigit(7, { name: 'noisy', noise: 0.1 }, 7);
  for (const progressive of [false, true]) {
    const bytes = await encodeJpeg(noisy, { progressive });
    expect(await decodeImage(bytes.slice(0, progressive ? -3 : -40))).toMatchObject({
      note: 'truncated: its last bytes are missing',
    });
    await expect(decodeImage(bytes.slice(0, 0.3 * bytes.length))).rejects.toThrow(
      new InklingError('the JPEG file is damaged or truncated; save it again'),
    );
  }
});

test('fills the missing pixels of a JPEG with those above them', async () => {
  const noisy = drawDigit(7, { name: 'noisy', noise: 0.1 }, 7);
  const bytes = await encodeJpeg(noisy, { progressive: false });
  const { width, height, data } = await decodeImage(bytes.slice(0, -400));
  const column = [1, 2, 3].map((row) => data[4 * ((height - row) * width + width - 1)]);
  // Not the decoder's gray, 128, but the color of the paper.
  expect(new Set(column).size).toBe(1);
  expect(column[0]).toBeGreaterThan(150);
});

/** A JPEG with four scans, each with one component of a CMYK image, made from JPEGs with one component. */
async function encodeCmyk(inks: readonly number[], adobe: readonly number[]): Promise<Bytes> {
  const planes = await Promise.all(
    inks.map((ink) => {
      const data = new Uint8Array(4 * 16 * 16).fill(ink);
      return encodeJpeg(
        { width: 16, height: 16, data },
        { progressive: false, color_space: 1, optimize_coding: false },
      );
    }),
  );
  const find = (bytes: Bytes, code: number) => Buffer.from(bytes).indexOf(Buffer.from([0xff, code]));
  const [first] = planes;
  const components = [1, 2, 3, 4].flatMap((id) => [id, 0x11, 0]);
  const frame = [0xff, 0xc0, 0, 8 + components.length, 8, 0, 16, 0, 16, 4, ...components];
  const tables = first.subarray(find(first, 0xdb), find(first, 0xc0));
  const scans = planes.flatMap((plane, index) => {
    const scan = plane.slice(find(plane, 0xda), -2);
    scan[5] = index + 1;
    return [...plane.subarray(find(plane, 0xc4), find(plane, 0xda)), ...scan];
  });
  return new Uint8Array([0xff, 0xd8, ...adobe, ...tables, ...frame, ...scans, 0xff, 0xd9]);
}

const adobeSegment = (transform: number) => [
  ...[0xff, 0xee, 0, 14],
  ...Buffer.from('Adobe', 'latin1'),
  ...[0, 100, 0, 0, 0, 0, transform],
];

test.each([
  // Inverted inks, as Adobe's programs write them.
  ['CMYK', [255, 55, 5, 255], adobeSegment(0), [255, 55, 5]],
  ['CMYK without a segment of Adobe', [255, 55, 5, 255], [], [255, 55, 5]],
  ['CMYK with black', [255, 255, 255, 51], adobeSegment(0), [51, 51, 51]],
  // Y, Cb and Cr of red, which are those of the inverted inks of cyan. Source: Rec. ITU-R BT.601.
  ['YCCK', [76, 85, 255, 255], adobeSegment(2), [1, 255, 255]],
])('decodes a JPEG in %s', async (_, inks, adobe, expected) => {
  const bytes = await encodeCmyk(inks, adobe);
  expect(await measureImage(bytes)).toEqual({ width: 16, height: 16 });
  const { data } = await decodeImage(bytes);
  expected.forEach((value, channel) => {
    expect(Math.abs(data[4 * (8 * 16 + 8) + channel] - value)).toBeLessThanOrEqual(3);
  });
});

test('reads the first frame of an animation, regardless of what follows it', async () => {
  const gif = encodeGif(image);
  for (const bytes of [gif, gif.slice(0, -30)]) {
    const frame = await decodeImage(bytes);
    expect(frame.note).toBe('animated: only the first frame is used');
    expect(darkCorners(frame)).toEqual([true, false, false, false]);
  }
});

test('places the first frame of an animated WebP at its position', async () => {
  const frame = webp.subarray(12);
  // The position in units of two pixels, the size minus 1, the duration and the flags.
  const header = [4, 0, 0, 1, 0, 0, 39, 0, 0, 23, 0, 0, 100, 0, 0, 0];
  const anmf = [...header, ...frame];
  const length = [anmf.length & 255, anmf.length >> 8, 0, 0];
  const extended = [...Buffer.from('VP8X', 'latin1'), 10, 0, 0, 0, 0x12, 0, 0, 0, 49, 0, 0, 29, 0, 0];
  const animation = [...Buffer.from('ANIM', 'latin1'), 6, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const chunks = [...Buffer.from('ANMF', 'latin1'), ...length, ...anmf];
  const body = [...Buffer.from('WEBP', 'latin1'), ...extended, ...animation, ...chunks, ...chunks];
  const bytes = new Uint8Array([
    ...Buffer.from('RIFF', 'latin1'),
    body.length & 255,
    body.length >> 8,
    0,
    0,
    ...body,
  ]);
  const decoded = await decodeImage(bytes);
  expect(decoded).toMatchObject({ width: 50, height: 30, note: 'animated: only the first frame is used' });
  const at = (x: number, y: number) => [...decoded.data.subarray(4 * (y * 50 + x), 4 * (y * 50 + x) + 4)];
  expect(at(7, 2)).toEqual([0, 0, 0, 0]);
  expect(at(8, 2)).toEqual([20, 20, 20, 255]);
  expect(at(47, 25)).toEqual([230, 230, 230, 255]);
});

test('reads PNG files with 16 bits per channel, a palette, or no end chunk', async () => {
  const deep = await decodeImage(craftPng(2, 1, Uint8Array.from([0, 0x80, 0x12, 0xff, 0]), { bits: 16 }));
  expect([...deep.data]).toEqual([128, 128, 128, 255, 255, 255, 255, 255]);
  const colors = await decodeImage(
    craftPng(2, 1, Uint8Array.from([0, 1, 0]), {
      colorType: 3,
      chunks: [chunk('PLTE', Uint8Array.from([9, 8, 7, 1, 2, 3])), chunk('tRNS', Uint8Array.from([0]))],
    }),
  );
  expect([...colors.data]).toEqual([1, 2, 3, 255, 9, 8, 7, 0]);
  for (const cut of [12, 4])
    expect((await decodeImage(png.slice(0, -cut))).data).toEqual((await decodeImage(png)).data);
});

test('notes that the decoder found damaged pixels in a JPEG', async () => {
  const noise = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => (i * i * 7) >> 3);
  const file = await encodeJpeg({ width: 64, height: 64, data: noise }, { quality: 70, progressive: false });
  const notes = new Set<string | undefined>();
  for (let at = file.length >> 1; at < file.length - 10; at += 50) {
    const damaged = file.slice();
    damaged.set([0xff, 0], at);
    notes.add((await decodeImage(damaged)).note);
  }
  expect(notes).toContain('damaged: some of its pixels are wrong');
  expect((await decodeImage(file)).note).toBeUndefined();
});
