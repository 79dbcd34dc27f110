import { InklingError } from '../../core/errors.js';
import { MAX_BYTE } from '../../core/pixels.js';
import { checkImageSize } from '../limits.js';
import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { unpackRuns } from './bmpRuns.js';

const FILE_HEADER_BYTES = 14;
/** The header of OS/2, with sizes of two bytes and colors of three. */
const CORE_HEADER_BYTES = 12;
/** Headers of at least this size contain a mask for alpha. */
const ALPHA_HEADER_BYTES = 56;

/** Kinds of compression. Source: Microsoft, [MS-WMF], section 2.1.1.7. */
const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** For red, green, blue and alpha; zero for a channel that does not exist. */
  readonly masks: readonly number[];
  /** Red, green, blue and alpha of each color, for up to 8 bits per pixel. */
  readonly palette: Uint8Array;
  readonly pixels: Uint8Array;
}

/** Source: Microsoft, "Bitmap Storage" and BITMAPV5HEADER. */
export const bmpFormat: ImageFormat = {
  name: 'BMP',
  size: (bytes) => {
    if (bytes.length < FILE_HEADER_BYTES + CORE_HEADER_BYTES) return undefined;
    const { width, height } = readSize(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
    return { width, height };
  },
  decode: decodeBmp,
};

function decodeBmp(bytes: Bytes): DecodedFile {
  const header = readHeader(bytes);
  checkImageSize(header);
  const { width, height, isTopDown } = header;
  const data = new Uint8Array(4 * width * height);
  const setRow = rowReader(header);
  for (let row = 0; row < height; row++) {
    const y = isTopDown ? row : height - 1 - row;
    setRow(row, data.subarray(4 * y * width, 4 * (y + 1) * width));
  }
  // Many programs leave the fourth byte zero.
  if (isTransparent(data)) for (let index = 3; index < data.length; index += 4) data[index] = MAX_BYTE;
  return { width, height, data };
}

function isTransparent(data: Uint8Array): boolean {
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) return false;
  return true;
}

function readSize(view: DataView) {
  const isCore = view.getUint32(14, true) === CORE_HEADER_BYTES;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  return { width, height: Math.abs(height), isTopDown: height < 0, isCore };
}

function readHeader(bytes: Bytes): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { isCore, ...size } = readSize(view);
  const headerBytes = view.getUint32(14, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? RGB : view.getUint32(30, true);
  checkSupported(bits, compression);
  const maskBytes =
    headerBytes > 40 ? 0 : compression === BITFIELDS ? 12 : compression === ALPHA_BITFIELDS ? 16 : 0;
  const paletteStart = FILE_HEADER_BYTES + headerBytes + maskBytes;
  const colors = isCore || bits > 8 ? 0 : view.getUint32(46, true);
  return {
    ...size,
    bits,
    compression,
    masks: readMasks(view, { bits, compression, headerBytes }),
    palette:
      bits > 8 ? new Uint8Array() : readPalette(bytes, paletteStart, colors || 2 ** bits, isCore ? 3 : 4),
    pixels: bytes.subarray(view.getUint32(10, true)),
  };
}

function checkSupported(bits: number, compression: number): void {
  const isSupported =
    (compression === RGB && [1, 2, 4, 8, 16, 24, 32].includes(bits)) ||
    (compression === RLE8 && bits === 8) ||
    (compression === RLE4 && bits === 4) ||
    ([BITFIELDS, ALPHA_BITFIELDS].includes(compression) && [16, 32].includes(bits));
  if (isSupported) return;
  throw new InklingError(
    `the BMP file has ${bits} bits per pixel and compression ${compression}, expected 1 to 32 bits, uncompressed or with run lengths; convert it to PNG`,
  );
}

function readMasks(
  view: DataView,
  { bits, compression, headerBytes }: { bits: number; compression: number; headerBytes: number },
): number[] {
  if (compression !== BITFIELDS && compression !== ALPHA_BITFIELDS) {
    return bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0xff00, 0xff, 0];
  }
  const hasAlpha = compression === ALPHA_BITFIELDS || headerBytes >= ALPHA_HEADER_BYTES;
  return [54, 58, 62]
    .map((offset) => view.getUint32(offset, true))
    .concat(hasAlpha ? view.getUint32(66, true) : 0);
}

function readPalette(bytes: Bytes, start: number, colors: number, colorBytes: number): Uint8Array {
  const palette = new Uint8Array(4 * 256).fill(MAX_BYTE);
  for (let color = 0; color < Math.min(colors, 256); color++) {
    const [blue, green, red] = bytes.subarray(start + color * colorBytes);
    palette.set([red, green, blue], 4 * color);
  }
  return palette;
}

/** Returns a function that converts a stored row to red, green, blue and alpha. */
function rowReader(header: Header): (row: number, target: Uint8Array) => void {
  const { width, bits, compression, palette, pixels, height } = header;
  const isPacked = compression === RLE8 || compression === RLE4;
  const rowBytes = isPacked ? width : 4 * Math.ceil((width * bits) / 32);
  const stored = isPacked ? unpackRuns(pixels, { width, height, bits }) : pixels;
  if (stored.length < rowBytes * (height - 1) + Math.ceil((width * (isPacked ? 8 : bits)) / 8)) {
    throw new Error('truncated');
  }
  const view = new DataView(stored.buffer, stored.byteOffset, stored.length);
  if (bits <= 8) {
    const pixelBits = isPacked ? 8 : bits;
    const colors = new Uint32Array(palette.buffer);
    const mask = 2 ** pixelBits - 1;
    return (row, target) => {
      const pixels = new Uint32Array(target.buffer, target.byteOffset, width);
      for (let x = 0; x < width; x++) {
        const bit = x * pixelBits;
        const byte = stored[row * rowBytes + (bit >> 3)];
        pixels[x] = colors[(byte >> (8 - pixelBits - (bit & 7))) & mask];
      }
    };
  }
  if (bits === 24) {
    return (row, target) => {
      for (let x = 0; x < width; x++) {
        const at = row * rowBytes + 3 * x;
        target[4 * x] = stored[at + 2];
        target[4 * x + 1] = stored[at + 1];
        target[4 * x + 2] = stored[at];
        target[4 * x + 3] = MAX_BYTE;
      }
    };
  }
  const channels = header.masks.map(channelReader);
  return (row, target) => {
    for (let x = 0; x < width; x++) {
      const at = row * rowBytes + (x * bits) / 8;
      const value = bits === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (let channel = 0; channel < 4; channel++) target[4 * x + channel] = channels[channel](value);
    }
  };
}

/** Returns a function that extracts the bits of a mask, scaled to a byte. */
function channelReader(mask: number, channel: number): (value: number) => number {
  if (mask === 0) return () => (channel === 3 ? MAX_BYTE : 0);
  const shift = 31 - Math.clz32(mask & -mask);
  const max = mask >>> shift;
  return (value) => Math.round((MAX_BYTE * ((value & mask) >>> shift)) / max);
}
