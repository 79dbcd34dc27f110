/** The entry point of the worker threads of `DecodePool`. */
import { connectToParent } from '../platform/node.js';
import { decodeImage } from './decode.js';
import { problemOf, silenceDecoders } from './decodeErrors.js';
import type { PoolRequest, PoolResult } from './decodePool.js';
import { preprocessBytes } from './preprocess.js';
import { type ImageFile, measureImageFile, readImageFile } from './imageFile.js';

silenceDecoders();

const parent = connectToParent((message) => {
  // Both sides are built from the same source, so messages have this type.
  void handle(message as PoolRequest);
});

async function handle({ files, shape, inputKind = 'image' }: PoolRequest): Promise<void> {
  const resultOf = (file: ImageFile): Promise<PoolResult> =>
    shape === undefined
      ? measureImageFile(file)
      : decodeImage(readImageFile(file)).then((image) => ({
          pixels: preprocessBytes(image, shape, inputKind),
          ...(image.note === undefined ? {} : { note: image.note }),
        }));
  const results: PoolResult[] = [];
  for (const file of files) {
    // Started from a promise, so that exceptions thrown synchronously are caught as well.
    results.push(await Promise.resolve(file).then(resultOf).catch(problemOf));
  }
  parent.post(results);
}
