/** Replaces `kernels.ts` in the script of workers, which receive the kernels that the page has compiled. */
import type { CompiledKernels } from '../platform/host.js';

let received: CompiledKernels | undefined;

export function useKernels(kernels: CompiledKernels): void {
  received = kernels;
}

export function kernelsForHost(): Promise<CompiledKernels> {
  if (received === undefined)
    throw new Error('kernels: a worker must receive them before it starts an engine');
  return Promise.resolve(received);
}
