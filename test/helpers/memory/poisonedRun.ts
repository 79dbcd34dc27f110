import { bindOp } from '#inkling/kernels/kernel.js';
import { wasmKernels } from '#inkling/kernels/generated/wasmKernels.js';
import { instantiateKernels, type KernelExports } from '#inkling/kernels/wasm/instantiate.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import { type Plan, taskRange, TASKS } from '#inkling/plan/plan.js';
import { type Step, writeSteps } from '#inkling/plan/steps.js';
import type { Range } from '#inkling/plan/ranges.js';
import { type Lifetime, lifetimesOf } from './lifetimes.js';
import { simdKernels } from '../wasmRun.js';

const PAGE_BYTES = 65536;
/** Bytes of a float that is NaN, and of huge integers. */
const POISON = 0xff;

/** In which order the tasks of a stage run: one after the other, or all at the same pace. */
export type TaskOrder = 'ascending' | 'descending' | 'interleaved';

/** Runs plans with all memory poisoned that holds no value, before each stage. */
export class PoisonedRun {
  readonly memory: TensorMemory<Float32Array>;
  readonly #bytes: Uint8Array;
  readonly #kernels: KernelExports;
  readonly #workspaces: readonly Range[];

  /** @param workspaces where temporary tensors are */
  constructor(memoryBytes: number, workspaces: readonly Range[]) {
    const pages = Math.ceil(memoryBytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.#bytes = new Uint8Array(memory.buffer);
    this.#workspaces = workspaces;
    this.memory = TensorMemory.over(memory.buffer);
    this.#kernels = instantiateKernels(simdKernels, memory, wasmKernels);
  }

  run(plan: Plan, step: Step, order: TaskOrder): void {
    const lifetimes = lifetimesOf(plan, this.#workspaces);
    writeSteps(this.memory.doubles(plan.steps), [step]);
    plan.stages.forEach(({ partition, ops }, stage) => {
      this.#poison(lifetimes.filter(({ first, last }) => first.stage < stage && last.stage >= stage));
      const calls = ops.map((op) => bindOp(wasmKernels.bindings, op, this.#kernels, plan));
      const tasks = Array.from({ length: partition === 'whole' ? 1 : TASKS }, (_, task) => task);
      if (order === 'descending') tasks.reverse();
      const runs = tasks.flatMap((task) => {
        const [begin, end] = partition === 'whole' ? [0, step.count] : taskRange(step.count, task);
        return calls.map((call, index) => ({ index, call: () => call(task, begin, end, 0, 0) }));
      });
      if (order === 'interleaved') runs.sort((a, b) => a.index - b.index);
      for (const { call } of runs) call();
    });
  }

  #poison(alive: readonly Lifetime[]): void {
    const saved = alive.flatMap((lifetime) =>
      Array.from({ length: lifetime.pitch === undefined ? 1 : lifetime.count }, (_, item) => {
        const from = lifetime.start + item * (lifetime.pitch ?? 0);
        return { from, bytes: this.#bytes.slice(from, from + lifetime.end - lifetime.start) };
      }),
    );
    for (const { start, end } of this.#workspaces) this.#bytes.fill(POISON, start, end);
    for (const { from, bytes } of saved) this.#bytes.set(bytes, from);
  }
}
