import type { Arrays, TensorWriter } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import type { Step } from '../plan/steps.js';
import type { DType, Tensor } from '../plan/tensor.js';
import type { Simd } from '../platform/node.js';

/**
 * Runs plans on the tensors of one arena, in a memory of its own that is zero at the start. What the tensors hold may be
 * read and written only while no plan runs.
 */
export interface Engine extends TensorWriter {
  /** How many threads compute at a time. */
  readonly threads: number;
  /** Which build of the kernels runs. */
  readonly simd: Simd;

  /** Prepares a plan, so that its first run takes no longer than others. */
  load(plan: Plan): Promise<void>;

  /**
   * Runs a plan once for each step, in order; loads it first if that was not done.
   *
   * @param steps at most `MAX_STEPS`
   * @throws {InklingError} when the engine failed or was closed
   */
  run(plan: Plan, steps: readonly Step[]): Promise<void>;

  /**
   * A copy of a tensor's elements.
   *
   * @param dtype the tensor's type
   * @param length how many elements, from the first on; all when left out
   */
  read<Type extends DType>(tensor: Tensor, dtype: Type, length?: number): Promise<Arrays<Float32Array>[Type]>;

  /** Frees what it holds; runs under way are rejected. */
  close(): Promise<void>;
}

/** Starts an engine with memory for the tensors of one arena. */
export type StartEngine = (memoryBytes: number) => Promise<Engine>;
