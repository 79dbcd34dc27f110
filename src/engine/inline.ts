import { InklingError } from '../core/errors.js';
import { bindOp } from '../kernels/kernel.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { instantiateKernels, type KernelExports } from '../kernels/wasm/instantiate.js';
import { type Arrays, TensorMemory } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import { type Step, writeSteps } from '../plan/steps.js';
import type { DType, Tensor } from '../plan/tensor.js';
import type { CompiledKernels, Simd } from '../platform/node.js';
import type { Engine } from './engine.js';
import { bindStages, runStep } from './execute.js';
import { kernelsForHost } from './kernels.js';
import { allocateMemory } from './memory.js';
import { OwnTasks } from './tasks.js';

/** Runs plans on the calling thread: for a few images, this is quicker than waking a team. */
export class InlineEngine implements Engine {
  readonly threads = 1;
  readonly simd: Simd;
  readonly tensors: TensorMemory<Float32Array>;
  readonly #kernels: KernelExports;
  readonly #plans = new Map<Plan, (step: Step) => void>();
  #isClosed = false;

  private constructor(compiled: CompiledKernels, memory: WebAssembly.Memory) {
    this.simd = compiled.simd;
    this.#kernels = instantiateKernels(compiled, memory);
    this.tensors = TensorMemory.over(memory.buffer);
  }

  /** @param memoryBytes what the arena of its plans asks for */
  static async start(memoryBytes: number): Promise<InlineEngine> {
    return new InlineEngine(await kernelsForHost(), allocateMemory(memoryBytes));
  }

  load(plan: Plan): Promise<void> {
    this.#bind(plan);
    return Promise.resolve();
  }

  /** Like `run` with one step, without waiting. */
  runSync(plan: Plan, step: Step): void {
    const run = this.#plans.get(plan) ?? this.#bind(plan);
    run(step);
  }

  #bind(plan: Plan): (step: Step) => void {
    const stages = bindStages(plan, (op) => bindOp(wasmKernels, op, this.#kernels, plan));
    const steps = this.tensors.doubles(plan.steps);
    const tasks = new OwnTasks();
    const run = (step: Step): void => {
      if (this.#isClosed) throw new InklingError('engine: it was closed');
      writeSteps(steps, [step]);
      runStep(stages, tasks, 0, step.count, waitForNobody);
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

  // Declared async, so that what a step throws is a rejection here as in other engines.
  // eslint-disable-next-line @typescript-eslint/require-await
  async run(plan: Plan, steps: readonly Step[]): Promise<void> {
    for (const step of steps) this.runSync(plan, step);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#plans.clear();
    return Promise.resolve();
  }
}

/** A single thread has no barrier to wait at. */
function waitForNobody(complete: () => void): void {
  complete();
}
