import { textAt } from '../../core/files/signature.js';
import { decodeWebp, initWebp } from '../../vendor/codecs.js';
import type { Size } from '../decodedImage.js';
import { checkImageSize } from '../limits.js';
import { compileDecoder, instantiating } from './compiledDecoders.js';
import { parseOrientation } from './exif.js';
import { ANIMATED_NOTE, type Bytes, type DecodedFile, type ImageFormat } from './format.js';
import { reinitializing } from './wasm.js';

/** `RIFF`, the file's size and `WEBP`. */
const FILE_HEADER_BYTES = 12;
/** Flags in the header of the extended format. */
const HAS_ANIMATION = 0x02;
const HAS_EXIF = 0x08;
const HAS_ALPHA = 0x10;
/** The header of an animation's frame: its position, size, duration and flags. */
const FRAME_HEADER_BYTES = 16;

const WASM = '@jsquash/webp/codec/dec/webp_dec.wasm';
const withDecoder = reinitializing(async () =>
  initWebp({ instantiateWasm: instantiating(await compileDecoder(WASM)), printErr: () => undefined }),
);

/** Source: RFC 9649. */
export const webpFormat: ImageFormat = {
  name: 'WebP',
  size: sizeOfWebp,
  orientation: (bytes) => {
    const exif = chunksOf(bytes, FILE_HEADER_BYTES).find(({ type }) => type === 'EXIF');
    return exif === undefined ? 1 : parseOrientation(exif.data);
  },
  decode: (bytes) => decodeFrame(bytes) ?? decodeStill(bytes),
};

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The chunks from an offset to the end of the bytes, which may be truncated. */
function chunksOf(bytes: Uint8Array, start: number): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: Chunk[] = [];
  for (let offset = start; offset + 8 <= bytes.length;) {
    const length = view.getUint32(offset + 4, true);
    chunks.push({ type: textAt(bytes, offset, 4), data: bytes.subarray(offset + 8, offset + 8 + length) });
    offset += 8 + length + (length % 2);
  }
  return chunks;
}

function sizeOfWebp(bytes: Bytes): Size | undefined {
  const chunks = chunksOf(bytes, FILE_HEADER_BYTES);
  if (chunks.length === 0) return undefined;
  const [{ type, data }] = chunks;
  if (data.length < 10) return undefined;
  if (type === 'VP8X') {
    const isComplete = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8 <= bytes.length;
    // Exif data, which may swap width and height, follows the pixels.
    if ((data[0] & HAS_EXIF) !== 0 && !isComplete) return undefined;
    return { width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 };
  }
  const view = new DataView(data.buffer, data.byteOffset);
  if (type === 'VP8 ') {
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  if (type !== 'VP8L') return undefined;
  const bits = view.getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

async function decodeStill(bytes: Bytes): Promise<DecodedFile> {
  const { width, height, data } = await withDecoder(() => decodeWebp(bytes.slice().buffer));
  return { width, height, data };
}

/** Decodes the first frame of an animation onto a transparent image of its size; undefined for a still image. */
function decodeFrame(bytes: Bytes): Promise<DecodedFile> | undefined {
  const [header, ...others] = chunksOf(bytes, FILE_HEADER_BYTES);
  if (header.type !== 'VP8X' || (header.data[0] & HAS_ANIMATION) === 0) return undefined;
  const frame = others.find(({ type }) => type === 'ANMF');
  const size = sizeOfWebp(bytes);
  if (frame === undefined || size === undefined) throw new Error('no frame');
  checkImageSize(size);
  const [left, top] = [2 * uint24(frame.data, 0), 2 * uint24(frame.data, 3)];
  return decodeStill(stillOf(frame.data)).then((image) => ({
    ...place(image, left, top, size),
    note: ANIMATED_NOTE,
  }));
}

/** A file of the extended format with the image data of a frame. */
function stillOf(frame: Uint8Array): Bytes {
  const content = frame.subarray(FRAME_HEADER_BYTES);
  const file = new Uint8Array(FILE_HEADER_BYTES + 18 + content.length);
  const view = new DataView(file.buffer);
  const ascii = new TextEncoder();
  file.set(ascii.encode('RIFF'), 0);
  file.set(ascii.encode('WEBPVP8X'), 8);
  view.setUint32(4, file.length - 8, true);
  view.setUint32(16, 10, true);
  const hasAlpha = chunksOf(content, 0).some(({ type }) => type === 'ALPH' || type === 'VP8L');
  file[20] = hasAlpha ? HAS_ALPHA : 0;
  file.set(frame.subarray(6, 12), 24);
  file.set(content, 30);
  return file;
}

function place(image: DecodedFile, left: number, top: number, { width, height }: Size): DecodedFile {
  if (left + image.width > width || top + image.height > height) throw new Error('frame outside the image');
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(4 * y * image.width, 4 * (y + 1) * image.width);
    data.set(row, 4 * ((top + y) * width + left));
  }
  return { width, height, data };
}

function uint24(bytes: Uint8Array, offset: number): number {
  return bytes[offset] + (bytes[offset + 1] << 8) + (bytes[offset + 2] << 16);
}
