import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { sizeOfHeif } from './heifSize.js';
import { checkImageSize } from '../limits.js';
import { lazy } from './wasm.js';

/** The library with its WebAssembly, 2 MB, is loaded only when it is needed. */
const library = lazy(async () => (await import('libheif-js/libheif-wasm/libheif-bundle.mjs')).default());

/** The decoder rotates the image as the file specifies. */
export const heicFormat: ImageFormat = { name: 'HEIC', size: sizeOfHeif, decode: decodeHeic };

async function decodeHeic(bytes: Bytes): Promise<DecodedFile> {
  const { HeifDecoder } = await library();
  const images = new HeifDecoder().decode(bytes);
  try {
    const image = images.find((each) => each.is_primary()) ?? images.at(0);
    if (image === undefined) throw new Error('no image');
    const [width, height] = [image.get_width(), image.get_height()];
    checkImageSize({ width, height });
    const pixels = await new Promise<{ data: Uint8ClampedArray } | null>((resolve) => {
      image.display({ data: new Uint8ClampedArray(4 * width * height), width, height }, resolve);
    });
    if (pixels === null) throw new Error('no pixels');
    return { width, height, data: pixels.data };
  } finally {
    for (const image of images) image.free();
  }
}
