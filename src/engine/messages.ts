import type { Plan } from '../plan/plan.js';
import type { CompiledKernels } from '../platform/host.js';

/** The data that a worker is started with. */
export interface WorkerStart {
  readonly kernels: CompiledKernels;
  readonly memory: WebAssembly.Memory;
  readonly barrier: SharedArrayBuffer;
  readonly tasks: SharedArrayBuffer;
  readonly worker: number;
  readonly workers: number;
}

/** From the main thread to every worker. */
export type WorkerRequest =
  | { readonly type: 'load'; readonly id: number; readonly plan: Plan }
  | { readonly type: 'run'; readonly id: number; readonly steps: number };

/** From a worker to the main thread. */
export type WorkerResponse = { readonly type: 'done' } | { readonly type: 'failed'; readonly reason: string };
