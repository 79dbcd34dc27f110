/** The entry point of the thread that reads pictures. */
import { connectToParent } from '../platform/node.js';
import { decodePicture } from './decode.js';
import { prepare } from './prepare.js';
import { describeProblem, silenceDecoders } from './problem.js';
import type { ReadAnswer, ReadOrder } from './reader.js';

silenceDecoders();

const parent = connectToParent((message) => {
  // The main thread is the same program: its messages have this type.
  void answer(message as ReadOrder);
});

async function answer({ bytes, ...target }: ReadOrder): Promise<void> {
  parent.post(
    await decodePicture(bytes)
      .then((picture): ReadAnswer => ({ images: prepare(picture, target) }))
      .catch((error: unknown): ReadAnswer => ({ problem: describeProblem(error) })),
  );
}
