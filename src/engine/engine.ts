import type { Arrays, TensorWriter } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import type { Step } from '../plan/steps.js';
import type { DType, Tensor } from '../plan/tensor.js';
import type { Simd } from '../platform/host.js';

/**
 * Runs plans on the tensors of one arena, in its own memory, which is initialized with zeros. While a plan runs, only elements that it
 * does not use may be read or written, unless the engine is a queue.
 */
export interface Engine extends TensorWriter {
  /** The number of threads that compute in parallel. */
  readonly threads: number;
  /** Which build of the kernels in WebAssembly runs; undefined on a GPU. */
  readonly simd: Simd | undefined;
  /**
   * Whether runs of loaded plans can be started, and tensors read and written, while others are in progress, as on a GPU: all follow in the order
   * of the calls.
   */
  readonly isQueue: boolean;

  /** Prepares a plan ahead of its first run. */
  load(plan: Plan): Promise<void>;

  /**
   * Runs a plan once for each step, in order; loads it first if necessary.
   *
   * @param steps at most `MAX_STEPS`
   * @throws {InklingError} when the engine failed or was closed
   */
  run(plan: Plan, steps: readonly Step[]): Promise<void>;

  /**
   * A copy of a tensor's elements.
   *
   * @param dtype the tensor's type
   * @param length the number of elements, starting with the first; by default all
   */
  read<Type extends DType>(tensor: Tensor, dtype: Type, length?: number): Promise<Arrays<Float32Array>[Type]>;

  /** Releases all resources; runs in progress are rejected. */
  close(): Promise<void>;
}

/** Starts an engine with memory for the tensors of one arena. */
export type StartEngine = (memoryBytes: number) => Promise<Engine>;
