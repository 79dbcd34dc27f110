import { readPackageFile } from '../../platform/packages.js';

/** Reads a WebAssembly file of an installed package. */
export async function readWasm(file: string): Promise<ArrayBuffer> {
  return (await readPackageFile(file)).buffer;
}

/** Runs a task on the first call and returns the same promise from then on. */
export function lazy<T>(task: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= task());
}

/**
 * Runs tasks that need `initialize`, which is called before the first task and again after a task that failed: a damaged file
 * may corrupt the memory of a decoder.
 */
export function reinitializing(
  initialize: () => Promise<unknown>,
): <T>(task: () => Promise<T>) => Promise<T> {
  let initialization: Promise<unknown> | undefined;
  return async (task) => {
    try {
      await (initialization ??= initialize());
      return await task();
    } catch (error) {
      initialization = undefined;
      throw error;
    }
  };
}
