import type { WasmKernels } from '../kernels/wasm/instantiate.js';
import { threadsUnavailable } from '../platform/host.js';
import type { StartEngine } from './engine.js';
import { InlineEngine } from './inline.js';

/**
 * Starts engines with a given number of worker threads; where threads are not available, on the calling thread.
 *
 * @param kernels what plans on the calling thread can contain; by default the operations of predictions
 */
export function teamOf(threads: number, kernels?: WasmKernels): StartEngine {
  return async (memoryBytes) => {
    if (threadsUnavailable() !== undefined) return InlineEngine.start(memoryBytes, kernels);
    // Pages without threads do not load it.
    const { Team } = await import('./team.js');
    return Team.start(threads, memoryBytes);
  };
}
