import { decodePng, initPng } from '../../vendor/codecs.js';
import type { Size } from '../decodedImage.js';
import { compileDecoder } from './compiledDecoders.js';
import { parseOrientation } from './exif.js';
import { ANIMATED_NOTE, type Bytes, type DecodedFile, type ImageFormat } from './format.js';
import { findChunk } from './pngChunks.js';
import { checkPng } from './pngIntegrity.js';
import { lazy } from './wasm.js';

const initialize = lazy(async () =>
  initPng(await compileDecoder('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')),
);

export const pngFormat: ImageFormat = {
  name: 'PNG',
  size: sizeOfPng,
  orientation: (bytes) => {
    const exif = findChunk(bytes, 'eXIf');
    return exif === undefined ? 1 : parseOrientation(exif);
  },
  decode: async (bytes): Promise<DecodedFile> => {
    await initialize();
    const { width, height, data } = await decodePng(checkPng(bytes).buffer);
    const isAnimated = findChunk(bytes, 'acTL') !== undefined;
    return { width, height, data, ...(isAnimated ? { note: ANIMATED_NOTE } : {}) };
  },
};

function sizeOfPng(bytes: Bytes): Size | undefined {
  const header = findChunk(bytes, 'IHDR');
  if (header === undefined || header.length < 8) return undefined;
  const view = new DataView(header.buffer, header.byteOffset);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}
