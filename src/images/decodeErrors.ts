import { InklingError, messageOf } from '../core/errors.js';

/** What is wrong with an image file, in words for the user. */
export function describeProblem(error: unknown): string {
  return error instanceof InklingError ? error.message : `the image cannot be decoded: ${messageOf(error)}`;
}

/** In a worker thread: keeps the GIF decoder, which logs to standard output, from corrupting the command's output. */
export function silenceDecoders(): void {
  console.log = () => undefined;
}
