import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import jpeg, { init as initJpeg } from '@jsquash/jpeg/encode.js';
import png, { init as initPng } from '@jsquash/png/encode.js';
import webp, { init as initWebp } from '@jsquash/webp/encode.js';
import { GifWriter } from 'omggif';
import type { DecodedImage } from '#inkling/images/decodedImage.js';

await initPng(wasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'));
await initJpeg({ wasmBinary: wasm('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm') });
await initWebp({ wasmBinary: wasm('@jsquash/webp/codec/enc/webp_enc_simd.wasm') });

export async function encodePng(image: DecodedImage): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await png(imageData(image)));
}

export async function encodeJpeg(
  image: DecodedImage,
  options: Parameters<typeof jpeg>[1] = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await jpeg(imageData(image), options));
}

export async function encodeWebp(image: DecodedImage): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await webp(imageData(image), { lossless: 1 }));
}

/** A GIF with 256 gray levels, and a blank second frame. */
export function encodeGif({ width, height, data }: DecodedImage): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * width * height + 4096);
  const palette = Array.from({ length: 256 }, (_, gray) => gray * 0x010101);
  const gif = new GifWriter(bytes, width, height, { palette });
  const indices = Array.from({ length: width * height }, (_, at) => data[4 * at]);
  gif.addFrame(0, 0, width, height, indices);
  gif.addFrame(0, 0, width, height, new Array<number>(width * height).fill(255));
  return bytes.slice(0, gif.end());
}

/** A small SVG with filters that take minutes to render. */
export function craftSlowSvg(): Uint8Array<ArrayBuffer> {
  const filter =
    '<filter id="f" width="1" height="1"><feTurbulence baseFrequency="0.9" numOctaves="10"/></filter>';
  const shapes = '<rect width="512" height="512" filter="url(#f)"/>'.repeat(500);
  const start = '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">';
  return new TextEncoder().encode(`${start}${filter}${shapes}</svg>`);
}

/** A PNG, grayscale by default, with any size in its header, and any pixel data, consistent or not. */
export function craftPng(
  width: number,
  height: number,
  pixels: Uint8Array,
  { bits = 8, colorType = 0, interlaced = false, chunks = [] as readonly Buffer[] } = {},
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bits, 8);
  header.writeUInt8(colorType, 9);
  header.writeUInt8(interlaced ? 1 : 0, 12);
  const parts = [
    chunk('IHDR', header),
    ...chunks,
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]));
}

/** A chunk of a PNG. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function wasm(file: string): ArrayBuffer {
  return new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(file))).buffer;
}

function imageData({ width, height, data }: DecodedImage): ImageData {
  return { width, height, data: new Uint8ClampedArray(data), colorSpace: 'srgb' };
}
