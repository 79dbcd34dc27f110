import { decodeAvif, initAvif } from '../../vendor/codecs.js';
import { compileDecoder, instantiating } from './compiledDecoders.js';
import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { sizeOfHeif } from './heifSize.js';
import { reinitializing } from './wasm.js';

const WASM = '@jsquash/avif/codec/dec/avif_dec.wasm';
const withDecoder = reinitializing(async () =>
  initAvif({
    instantiateWasm: instantiating(await compileDecoder(WASM)),
    print: () => undefined,
    printErr: () => undefined,
  }),
);

/** The decoder rotates the image as the file specifies. */
export const avifFormat: ImageFormat = {
  name: 'AVIF',
  size: sizeOfHeif,
  decode: (bytes: Bytes) =>
    withDecoder(async (): Promise<DecodedFile> => {
      const image = await decodeAvif(bytes.slice().buffer);
      if (image === null) throw new Error('no image');
      const { width, height, data } = image;
      return { width, height, data };
    }),
};
