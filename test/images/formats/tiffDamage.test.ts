import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeImage } from '#inkling/images/decode.js';
import { decodeTiffLzw } from '#inkling/images/formats/tiff/tiffLzw.js';
import { faxTiff, makeTiff, twoColors } from './samples.js';

const gray = makeTiff(new Array<number>(12).fill(99), { 256: [4], 257: [3], 258: [8], 262: [1], 277: [1] });

/** The library that is used for faxes, and was used for all compressions, did not end on some of these. */
test.each([
  ['LZW', twoColors['TIFF (LZW)']],
  ['fax', faxTiff],
  ['Deflate', gray],
])('reads or rejects a TIFF with %s and any byte changed', async (_name, bytes) => {
  for (const at of bytes.keys()) {
    for (const value of [0, 0xff, bytes[at] ^ 0x10]) {
      const damaged = bytes.slice();
      damaged[at] = value;
      const result = await decodeImage(damaged).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(InklingError);
    }
  }
});

test('rejects a TIFF whose pixels are damaged or missing', async () => {
  const damaged = gray.slice();
  // In the checksum of the pixels.
  damaged[8 + 6] ^= 1;
  await expect(decodeImage(damaged)).rejects.toThrow('the TIFF file is damaged or truncated');
  const short = makeTiff(new Array<number>(11).fill(99), {
    256: [4],
    257: [3],
    258: [8],
    262: [1],
    277: [1],
  });
  await expect(decodeImage(short)).rejects.toThrow('the TIFF file is damaged or truncated');
});

test('decodes LZW data with codes of 9 to 12 bits', () => {
  const expected = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) >> 5);
  expect([...decodeTiffLzw(encodeLzw(expected), expected.length)]).toEqual([...expected]);
});

test('rejects LZW data with codes that are not defined', () => {
  // 256 (clear), 65, 300.
  const bits = [256, 65, 300].map((code) => code.toString(2).padStart(9, '0')).join('');
  expect(() => decodeTiffLzw(bytesOf(bits), 100)).toThrow('damaged LZW data');
});

/** A straightforward encoder, written from the description in TIFF 6.0, section 13. */
function encodeLzw(bytes: Uint8Array): Uint8Array {
  let bits = '';
  let table = new Map<string, number>();
  let width = 9;
  const write = (code: number) => (bits += code.toString(2).padStart(width, '0'));
  const clear = () => {
    write(256);
    table = new Map(Array.from({ length: 256 }, (_, code) => [String(code), code]));
    width = 9;
  };
  clear();
  let text = '';
  for (const byte of bytes) {
    const longer = text === '' ? String(byte) : `${text},${byte}`;
    if (table.has(longer)) {
      text = longer;
      continue;
    }
    write(table.get(text) ?? 0);
    // 256 and 257 are not strings.
    table.set(longer, table.size + 2);
    const last = table.size + 1;
    if (last === 511 || last === 1023 || last === 2047) width += 1;
    if (last === 4094) clear();
    text = String(byte);
  }
  write(table.get(text) ?? 0);
  write(257);
  return bytesOf(bits);
}

function bytesOf(bits: string): Uint8Array {
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  return Uint8Array.from({ length: padded.length / 8 }, (_, i) =>
    Number.parseInt(padded.slice(8 * i, 8 * i + 8), 2),
  );
}
