import { MachineError, messageOf } from '../../core/errors.js';
import { machineErrorOf } from '../decodeErrors.js';

/**
 * Initializes a decoder on the first call, and again after a call that failed.
 *
 * @throws {MachineError} for any reason, since no file is involved yet
 */
export function lazy<T>(task: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () =>
    (result ??= task().catch((error: unknown) => {
      result = undefined;
      throw (
        machineErrorOf(error) ??
        new MachineError(`an image decoder cannot be started (${messageOf(error)}); reinstall inkling`, {
          cause: error,
        })
      );
    }));
}

/**
 * Runs tasks that need `initialize`, which is called before the first task and again after a task that failed: a damaged file
 * may corrupt the memory of a decoder.
 */
export function reinitializing(
  initialize: () => Promise<unknown>,
): <T>(task: () => Promise<T>) => Promise<T> {
  let start = lazy(initialize);
  return async (task) => {
    await start();
    try {
      return await task();
    } catch (error) {
      start = lazy(initialize);
      throw error;
    }
  };
}
