/** The entry point of the worker threads of `DecodePool`. */
import { decodeImage } from './decode.js';
import type { Size } from './decodedImage.js';
import { LargeImageError, problemOf } from './decodeErrors.js';
import type { PoolRequest, PoolResult } from './decodePool.js';
import { preprocessBytes } from './preprocess.js';
import { type ImageFile, measureImageFile, readImageFile } from './imageFile.js';
import { serveRequests } from './serveRequests.js';

serveRequests<readonly PoolResult[]>(async (request: PoolRequest, onImage) => {
  const { files, shape, inputKind = 'image', maxPixels = Infinity } = request;
  const onSize = (size: Size | undefined) => {
    if (size !== undefined && size.width * size.height > maxPixels) throw new LargeImageError(size);
    onImage(size);
  };
  const resultOf = async (file: ImageFile): Promise<PoolResult> => {
    // The time of each file is limited, not that of all together.
    onImage(undefined);
    if (shape === undefined) return measureImageFile(file);
    const image = await decodeImage(readImageFile(file), onSize);
    return {
      pixels: preprocessBytes(image, shape, inputKind),
      ...(image.note === undefined ? {} : { note: image.note }),
    };
  };
  const results: PoolResult[] = [];
  for (const file of files) {
    results.push(
      await resultOf(file).catch((error: unknown) =>
        error instanceof LargeImageError ? error.response : problemOf(error),
      ),
    );
  }
  return results;
});
