import { type CompiledKernels, compileKernels } from '../platform/host.js';

let compiled: Promise<CompiledKernels> | undefined;

/** Uses kernels that another thread, or the runtime itself, has compiled. */
export function useKernels(kernels: CompiledKernels): void {
  compiled = Promise.resolve(kernels);
}

/** The kernels, compiled once per process; compiled again after a failure. */
export function kernelsForHost(): Promise<CompiledKernels> {
  compiled ??= compileKernels().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}
