/** The entry point of the thread that reads pictures. */
import { InklingError, messageOf } from '../core/errors.js';
import { connectToParent } from '../platform/node.js';
import { decodePicture } from './decode.js';
import { prepare } from './prepare.js';
import type { ReadAnswer, ReadOrder } from './reader.js';

// The GIF decoder writes its complaints there, but standard output is the command's.
console.log = () => undefined;

const parent = connectToParent((message) => {
  // The main thread is the same program: its messages have this type.
  void answer(message as ReadOrder);
});

async function answer({ bytes, shape, reading }: ReadOrder): Promise<void> {
  parent.post(
    await decodePicture(bytes)
      .then((picture): ReadAnswer => ({ images: prepare(picture, shape, reading) }))
      .catch(problemOf),
  );
}

function problemOf(error: unknown): ReadAnswer {
  return {
    problem:
      error instanceof InklingError ? error.message : `the picture cannot be read: ${messageOf(error)}`,
  };
}
