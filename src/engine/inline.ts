import { ClosedError } from '../core/errors.js';
import { bindOp } from '../kernels/kernel.js';
import { predictionKernels } from '../kernels/generated/predictionKernels.js';
import { instantiateKernels, type KernelExports, type WasmKernels } from '../kernels/wasm/instantiate.js';
import { type Arrays, TensorMemory } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import { type Step, writeSteps } from '../plan/steps.js';
import type { DType, Tensor } from '../plan/tensor.js';
import type { CompiledKernels, Simd } from '../platform/host.js';
import type { Engine } from './engine.js';
import { bindStages, runStep } from './execute.js';
import { kernelsForHost } from './kernels.js';
import { allocateMemory } from './memory.js';
import { OwnTasks } from './tasks.js';

/** The time after which a run lets the thread handle events. */
const MAX_BUSY_MS = 50;

/** Runs plans on the calling thread, which is faster than a team for a few images. */
export class InlineEngine implements Engine {
  readonly threads = 1;
  readonly simd: Simd;
  readonly isQueue = false;
  readonly tensors: TensorMemory<Float32Array>;
  readonly #bindings: WasmKernels['bindings'];
  readonly #kernels: KernelExports;
  readonly #plans = new Map<Plan, (step: Step, row: number) => void>();
  #isClosed = false;
  /** When the thread last handled events. */
  #pausedAt = performance.now();

  private constructor(compiled: CompiledKernels, memory: WebAssembly.Memory, kernels: WasmKernels) {
    this.simd = compiled.simd;
    this.#bindings = kernels.bindings;
    this.#kernels = instantiateKernels(compiled, memory, kernels);
    this.tensors = TensorMemory.over(memory.buffer);
  }

  /**
   * @param memoryBytes the size of its plans' arena
   * @param kernels what its plans can contain; by default the operations of predictions
   */
  static async start(memoryBytes: number, kernels: WasmKernels = predictionKernels): Promise<InlineEngine> {
    return new InlineEngine(await kernelsForHost(), allocateMemory(memoryBytes), kernels);
  }

  load(plan: Plan): Promise<void> {
    this.#bind(plan);
    return Promise.resolve();
  }

  /**
   * The synchronous version of `run`, for one step.
   *
   * @param row of the step in its run, where its results are written
   */
  runSync(plan: Plan, step: Step, row = 0): void {
    const run = this.#plans.get(plan) ?? this.#bind(plan);
    run(step, row);
  }

  #bind(plan: Plan): (step: Step, row: number) => void {
    const stages = bindStages(plan, (op) => bindOp(this.#bindings, op, this.#kernels, plan));
    const steps = this.tensors.doubles(plan.steps);
    const tasks = new OwnTasks();
    const run = (step: Step, row: number): void => {
      if (this.#isClosed) throw new ClosedError('engine: the inline engine was closed');
      writeSteps(steps, [step], row);
      runStep(stages, tasks, row, step.count, skipBarrier);
    };
    this.#plans.set(plan, run);
    return run;
  }

  write(tensor: Tensor, values: ArrayLike<number>, start = 0): void {
    this.tensors.write(tensor, values, start);
  }

  read<Type extends DType>(
    tensor: Tensor,
    dtype: Type,
    length?: number,
  ): Promise<Arrays<Float32Array>[Type]> {
    return Promise.resolve(this.tensors.read(tensor, dtype, length));
  }

  /** Lets the thread handle events between steps, so that it stays responsive and a run can be interrupted. */
  async run(plan: Plan, steps: readonly Step[]): Promise<void> {
    for (const [row, step] of steps.entries()) {
      this.runSync(plan, step, row);
      if (performance.now() - this.#pausedAt > MAX_BUSY_MS) await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#pausedAt = performance.now();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#plans.clear();
    return Promise.resolve();
  }
}

/** A single thread needs no barrier. */
function skipBarrier(complete: () => void): void {
  complete();
}
