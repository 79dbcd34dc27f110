import { InklingError, messageOf } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { MemoryError } from '../plan/arena.js';
import { addressSpaceLimit } from '../platform/host.js';

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
    const what = `engine: could not allocate ${inMegabytes(bytes)} of memory`;
    const limit = addressSpaceLimit();
    if (limit === undefined) {
      throw new MemoryError(`${what} (${messageOf(error)}); use a smaller model`);
    }
    throw new InklingError(
      `${what}: the address space of this process is limited to ${inMegabytes(limit)} (ulimit -v), and WebAssembly reserves several ` +
        'gigabytes of it for each memory, used or not; remove the limit with "ulimit -v unlimited"',
    );
  }
}

function inMegabytes(bytes: number): string {
  return `${formatCount(Math.ceil(bytes / 2 ** 20))} MiB`;
}
