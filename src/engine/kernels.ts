import { type CompiledKernels, compileKernels } from '../platform/node.js';

let compiled: Promise<CompiledKernels> | undefined;

/** The kernels, compiled once for each process. A failure is not remembered. */
export function kernelsForHost(): Promise<CompiledKernels> {
  compiled ??= compileKernels().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}
