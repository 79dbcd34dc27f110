/** The entry point of a thread of the pool. */
import { connectToParent } from '../platform/node.js';
import { decodePicture } from './decode.js';
import { centerCropResize } from './centerCropResize.js';
import { measureFile, readPicture, type PictureFile } from './pictureFile.js';
import type { PoolOrder, PoolResult } from './pool.js';
import { describeProblem, silenceDecoders } from './problem.js';

silenceDecoders();

const parent = connectToParent((message) => {
  // The main thread is the same program: its messages have this type.
  void answer(message as PoolOrder);
});

async function answer({ files, shape }: PoolOrder): Promise<void> {
  const read = (file: PictureFile): Promise<PoolResult> =>
    shape === undefined
      ? measureFile(file)
      : decodePicture(readPicture(file)).then((picture) => ({ pixels: centerCropResize(picture, shape) }));
  const results: PoolResult[] = [];
  for (const file of files) {
    // What `read` throws before it gives a promise counts too.
    results.push(
      await Promise.resolve(file)
        .then(read)
        .catch((error: unknown) => ({ problem: describeProblem(error) })),
    );
  }
  parent.post(results);
}
