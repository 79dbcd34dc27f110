import { type CompiledKernels, compileKernels } from '../platform/host.js';

let compiled: Promise<CompiledKernels> | undefined;

/** The kernels, compiled once per process; compiled again after a failure. */
export function kernelsForHost(): Promise<CompiledKernels> {
  compiled ??= compileKernels().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}
