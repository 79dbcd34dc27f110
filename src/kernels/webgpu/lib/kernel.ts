import type { OpName, OpOf } from '../../../plan/ops.js';

/** One run of a compute shader. Those of an operation run in order, each after everything before it is written. */
export interface Dispatch {
  /** WGSL: declarations and the entry point `main`, to which the engine adds the prelude. */
  readonly code: string;
  /** The number of workgroups; the engine arranges them in rows, so that a shader computes its index from both coordinates. */
  readonly workgroups: number;
}

/** What kernels need to know of the adapter. */
export interface KernelLimits {
  /** The largest number of threads of a workgroup. */
  readonly threads: number;
  /** The memory that the threads of a workgroup share. */
  readonly sharedBytes: number;
}

/** The shaders of an operation on tensors at fixed addresses, which are constants of their code. */
export type WebgpuKernel<Name extends OpName> = (
  op: OpOf<Name>,
  limits: KernelLimits,
) => readonly Dispatch[] | Dispatch;

/** The shaders of each operation. A missing operation does not compile. */
export type WebgpuTable = { readonly [Name in OpName]: WebgpuKernel<Name> };
