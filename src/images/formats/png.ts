import { concatenateBytes } from '../../core/arrays.js';
import png, { init } from '@jsquash/png/decode.js';
import { textAt } from '../../core/fileType.js';
import type { Size } from '../decodedImage.js';
import { parseOrientation } from './exif.js';
import { ANIMATED_NOTE, type Bytes, type DecodedFile, type ImageFormat } from './format.js';
import { lazy, readWasm } from './wasm.js';

const SIGNATURE_BYTES = 8;
/** An empty chunk of the type IEND with its checksum. */
const END_CHUNK = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

const initialize = lazy(async () => init(await readWasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')));

export const pngFormat: ImageFormat = {
  name: 'PNG',
  size: sizeOfPng,
  orientation: (bytes) => {
    const exif = chunksOf(bytes).get('eXIf');
    return exif === undefined ? 1 : parseOrientation(exif);
  },
  decode: async (bytes): Promise<DecodedFile> => {
    await initialize();
    const { width, height, data } = await png(withEnd(bytes).buffer);
    const isAnimated = chunksOf(bytes).has('acTL');
    return { width, height, data, ...(isAnimated ? { note: ANIMATED_NOTE } : {}) };
  },
};

function sizeOfPng(bytes: Bytes): Size | undefined {
  const header = chunksOf(bytes).get('IHDR');
  if (header === undefined || header.length < 8) return undefined;
  const view = new DataView(header.buffer, header.byteOffset);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

/** A copy of a PNG with the chunk that ends it, which carries no information and may be missing or cut off. */
function withEnd(bytes: Bytes): Bytes {
  const end = chunksOf(bytes).get('IEND')?.byteOffset;
  const start = end === undefined ? bytes.length : end - bytes.byteOffset - 8;
  const isComplete = start + END_CHUNK.length <= bytes.length;
  return isComplete ? bytes.slice() : concatenateBytes(bytes.subarray(0, start), END_CHUNK);
}

/** The first chunk of each type in a file that may be truncated. Source: PNG specification, section 5.3. */
function chunksOf(bytes: Bytes): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = new Map<string, Uint8Array>();
  for (let offset = SIGNATURE_BYTES; offset + 8 <= bytes.length;) {
    const [length, type] = [view.getUint32(offset), textAt(bytes, offset + 4, 4)];
    if (!chunks.has(type)) chunks.set(type, bytes.subarray(offset + 8, offset + 8 + length));
    offset += 12 + length;
  }
  return chunks;
}
