import { MachineError } from '../../core/errors.js';
import { codeOf } from '../../platform/fileErrors.js';
import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { sizeOfHeif } from './heifSize.js';
import { checkImageSize } from '../limits.js';
import { lazy } from './wasm.js';

/** The library with its WebAssembly, 2 MB, is optional, and loaded only when it is needed. */
const library = lazy(() =>
  import('libheif-js/libheif-wasm/libheif-bundle.mjs')
    .then(({ default: libheif }) => libheif())
    .catch(rejectMissing),
);

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

/** @throws {MachineError} since the file may be fine: images that cannot be decoded are cached */
function rejectMissing(error: unknown): never {
  if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
  throw new MachineError(
    'HEIC images need the package libheif-js, which is optional and not installed; run "npm install libheif-js", or convert the image to PNG or JPEG',
    { cause: error },
  );
}
