import { concatenateBytes } from '../../core/arrays.js';
import { crc32 } from '../../core/checksum.js';
import { InklingError } from '../../core/errors.js';
import { codeOf } from '../../platform/fileErrors.js';
import { inflateSync } from '../../platform/zlib.js';
import type { Bytes } from './format.js';
import { chunksOf, findChunk, type PngChunk } from './pngChunks.js';

/** An empty chunk of the type IEND with its checksum. */
const END_CHUNK = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
/** From this size on, chunks that are kept add up. */
const LARGE_BYTES = 2 ** 20;
/** Above the largest threshold of glibc for what it maps and unmaps on its own. */
const RETURNED_BYTES = 2 ** 25 + 2 ** 12;
/** The number of samples per pixel of each color type. Source: PNG specification, section 11.2.1. */
const SAMPLES: Readonly<Record<number, number | undefined>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const BITS = [1, 2, 4, 8, 16];
/** The first column and row, and the steps between them, of each pass of an interlaced image. Source: section 8.2. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/**
 * Checks that a PNG file is undamaged: the checksum of every chunk and that of the pixels, which must be complete. What follows
 * the pixels may be cut off, as in every viewer, except for what determines how the image is shown.
 *
 * @returns a copy with the chunk that ends the file
 * @throws {Error} when it is damaged or truncated; an `InklingError` if a checksum is wrong
 */
export function checkPng(bytes: Bytes): Bytes {
  const pixels: Uint8Array[] = [];
  let end = bytes.length;
  for (const chunk of chunksOf(bytes)) {
    if (chunk.type === 'IEND') {
      end = chunk.start;
      break;
    }
    if (chunk.end > bytes.length) {
      if (pixels.length === 0 || ['IDAT', 'eXIf'].includes(chunk.type)) throw new Error('truncated');
      end = chunk.start;
      break;
    }
    checkChunk(bytes, chunk);
    if (chunk.type === 'IDAT') pixels.push(chunk.data);
    end = chunk.end;
  }
  checkPixels(concatenateBytes(pixels), rawBytes(findChunk(bytes, 'IHDR')));
  return concatenateBytes([bytes.subarray(0, end), END_CHUNK]);
}

function checkChunk(bytes: Bytes, { type, start, end }: PngChunk): void {
  const expected = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end - 4);
  if (crc32(bytes.subarray(start + 4, end - 4)) === expected) return;
  throw new InklingError(
    `the PNG file is damaged: the checksum of its ${/^[A-Za-z]{4}$/.test(type) ? type : 'next'} chunk at byte ${start} is wrong; get a clean copy`,
  );
}

/** Checks that compressed pixels are complete, and verifies their checksum (Adler-32) unless more than the image follows. */
function checkPixels(compressed: Uint8Array, expectedBytes: number): void {
  try {
    const options = { maxOutputLength: expectedBytes, chunkSize: chunkBytes(expectedBytes) };
    const { length } = inflateSync(compressed, options);
    if (length < expectedBytes) throw new Error('truncated');
  } catch (error) {
    if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') throw error;
  }
}

/**
 * The size of the chunks in which pixels are unpacked, if it is not the default: all of a large image is one chunk. The allocator of
 * Linux (glibc) returns only buffers of more than 32 MiB to the system as soon as they are freed; the part of them that is not
 * written takes no memory.
 */
function chunkBytes(expectedBytes: number): number | undefined {
  return expectedBytes < LARGE_BYTES ? undefined : Math.max(expectedBytes + 1, RETURNED_BYTES);
}

/** The size of the uncompressed pixels, with one byte per row for its filter. */
function rawBytes(header: Uint8Array = new Uint8Array()): number {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const [width, height, bits, colorType] = [view.getUint32(0), view.getUint32(4), header[8], header[9]];
  const samples = SAMPLES[colorType];
  if (samples === undefined || !BITS.includes(bits)) throw new Error('unknown kind of pixels');
  const pixelBits = bits * samples;
  const bytesOf = (columns: number, rows: number) =>
    columns === 0 ? 0 : rows * (1 + Math.ceil((columns * pixelBits) / 8));
  if (header[12] !== 1) return bytesOf(width, height);
  const passes = ADAM7.map(([x, y, dx, dy]) =>
    bytesOf(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)),
  );
  return passes.reduce((sum, bytes) => sum + bytes, 0);
}
