/** The entry point of the worker thread of `ImagePreprocessor`. */
import { connectToParent } from '../platform/node.js';
import { decodeImage } from './decode.js';
import { problemOf, silenceDecoders } from './decodeErrors.js';
import { preprocess } from './preprocess.js';
import type { PreprocessRequest, PreprocessResponse } from './preprocessor.js';

silenceDecoders();

const parent = connectToParent((message) => {
  // Both sides are built from the same source, so messages have this type.
  void handle(message as PreprocessRequest);
});

async function handle({ bytes, ...options }: PreprocessRequest): Promise<void> {
  parent.post(
    await decodeImage(bytes)
      .then((image): PreprocessResponse => ({
        ...preprocess(image, options),
        ...(image.note === undefined ? {} : { note: image.note }),
      }))
      .catch(problemOf),
  );
}
