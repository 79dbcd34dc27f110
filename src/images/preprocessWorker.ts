/** The entry point of the worker threads of `ImagePreprocessor`. */
import { InklingError } from '../core/errors.js';
import { decodeImage } from './decode.js';
import type { Size } from './decodedImage.js';
import { problemOf } from './decodeErrors.js';
import { preprocess } from './preprocess.js';
import type { PreprocessRequest, PreprocessResponse } from './preprocessRequest.js';
import { serveRequests } from './serveRequests.js';

/** Thrown before an image is decoded that is larger than requested. */
class TooLargeNow extends InklingError {}

serveRequests<PreprocessResponse>(async ({ bytes, maxPixels, ...options }: PreprocessRequest, onImage) => {
  const onSize = (size: Size | undefined) => {
    if (maxPixels !== undefined && size !== undefined && size.width * size.height > maxPixels) {
      throw new TooLargeNow('more pixels than requested');
    }
    onImage(size);
  };
  try {
    const image = await decodeImage(bytes, onSize);
    return { ...preprocess(image, options), ...(image.note === undefined ? {} : { note: image.note }) };
  } catch (error) {
    return error instanceof TooLargeNow ? 'large' : problemOf(error);
  }
});
