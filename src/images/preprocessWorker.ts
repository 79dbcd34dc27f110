/** The entry point of the worker threads of `ImagePreprocessor`. */
import { decodeImage } from './decode.js';
import type { Size } from './decodedImage.js';
import { LargeImageError, problemOf } from './decodeErrors.js';
import { checkImageSize } from './limits.js';
import { preprocess } from './preprocess.js';
import type { PreprocessRequest, PreprocessResponse } from './preprocessRequest.js';
import { serveRequests } from './serveRequests.js';

serveRequests<PreprocessResponse>(
  async ({ bytes, maxPixels = Infinity, largestImage, ...options }: PreprocessRequest, onImage) => {
    const onSize = (size: Size | undefined) => {
      if (size !== undefined) {
        checkImageSize(size, largestImage);
        if (size.width * size.height > maxPixels) throw new LargeImageError(size);
      }
      onImage(size);
    };
    try {
      const image = await decodeImage(bytes, onSize);
      return { ...preprocess(image, options), ...(image.note === undefined ? {} : { note: image.note }) };
    } catch (error) {
      return error instanceof LargeImageError ? error.response : problemOf(error);
    }
  },
);
