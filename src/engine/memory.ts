import { InklingError, messageOf } from '../core/errors.js';

const PAGE_BYTES = 65536;

/**
 * Allocates memory that workers can share.
 *
 * @throws {InklingError} when the host cannot allocate that much
 */
export function allocateMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    const megabytes = Math.ceil(bytes / 2 ** 20);
    throw new InklingError(
      `engine: could not allocate ${String(megabytes)} MiB of memory (${messageOf(error)}); ` +
        'use a smaller batch size, model or data set',
    );
  }
}
