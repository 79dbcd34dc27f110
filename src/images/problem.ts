import { InklingError, messageOf } from '../core/errors.js';

/** What is wrong with a picture, in words for its owner. */
export function describeProblem(error: unknown): string {
  return error instanceof InklingError ? error.message : `the picture cannot be read: ${messageOf(error)}`;
}

/** In a thread of decoders: the GIF decoder writes its complaints to standard output, which is the command's. */
export function silenceDecoders(): void {
  console.log = () => undefined;
}
