import { bindOp } from '../kernels/kernel.js';
import { instantiateKernels, type KernelExports } from '../kernels/wasm/instantiate.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { TensorMemory } from '../plan/memory.js';
import type { Plan } from '../plan/plan.js';
import { type Step, writeSteps } from '../plan/steps.js';
import { compileKernels } from '../platform/node.js';
import { bindStages, runStep } from './execute.js';
import { allocateMemory } from './memory.js';
import { OwnTasks } from './tasks.js';

/** Runs plans on the calling thread: for a few images, quicker than waking a team. */
export class InlineEngine {
  readonly tensors: TensorMemory<Float32Array>;
  readonly #kernels: KernelExports;

  private constructor(kernels: KernelExports, memory: WebAssembly.Memory) {
    this.#kernels = kernels;
    this.tensors = TensorMemory.over(memory.buffer);
  }

  /** @param memoryBytes what the arena of its plans asks for */
  static async start(memoryBytes: number): Promise<InlineEngine> {
    const compiled = await compileKernels();
    const memory = allocateMemory(memoryBytes);
    return new InlineEngine(instantiateKernels(compiled, memory), memory);
  }

  /** Makes a plan ready; the function it returns runs one step of it. */
  load(plan: Plan): (step: Step) => void {
    const stages = bindStages(plan, (op) => bindOp(wasmKernels, op, this.#kernels, plan));
    const steps = this.tensors.doubles(plan.steps);
    const tasks = new OwnTasks();
    return (step) => {
      writeSteps(steps, [step]);
      runStep(stages, tasks, 0, step.count, meetNobody);
    };
  }
}

/** A single thread has no barrier to wait at. */
function meetNobody(complete: () => void): void {
  complete();
}
