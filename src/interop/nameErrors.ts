import { InklingError } from '../core/errors.js';

/** Runs a function, and adds what its errors concern to their messages. */
export function nameErrors<Result>(what: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    throw new InklingError(`${what}: ${error.message}`, { cause: error });
  }
}
