import { readFile } from 'node:fs/promises';
import { bindStages, runStep } from '#inkling/engine/execute.js';
import { OwnTasks } from '#inkling/engine/tasks.js';
import { bindOp, type KernelTable } from '#inkling/kernels/kernel.js';
import { instantiateKernels, type KernelExports } from '#inkling/kernels/wasm/instantiate.js';
import { wasmKernels } from '#inkling/kernels/generated/wasmKernels.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import type { Plan } from '#inkling/plan/plan.js';
import { type Step, STEP_FIELDS } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { type CompiledKernels, compileKernels } from '#inkling/platform/host.js';

const PAGE_BYTES = 65536;

const fastest = await compileKernels();

/** The build that runs on every host. */
export const simdKernels: CompiledKernels = {
  simd: 'simd',
  tileHeight: fastest.tileHeight,
  module: await WebAssembly.compile(
    new Uint8Array(await readFile(new URL('../../dist/kernels/wasm/simd.wasm', import.meta.url))),
  ),
};

/** The build with fused multiply-add, if the host can run it. */
export const fmaKernels = fastest.simd === 'fma' ? fastest : undefined;

/** WebAssembly kernels on their own memory, without a team. */
export class WasmRun {
  readonly bytes: Uint8Array;
  readonly memory: TensorMemory<Float32Array>;
  readonly #kernels: KernelExports;

  constructor(kernels: CompiledKernels, memoryBytes: number) {
    const pages = Math.ceil(memoryBytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.bytes = new Uint8Array(memory.buffer);
    this.memory = TensorMemory.over(memory.buffer);
    this.#kernels = instantiateKernels(kernels, memory, wasmKernels);
  }

  run(plan: Plan, step: Step, row = 0): void {
    runAlone(plan, wasmKernels.bindings, this.#kernels, this.memory, step, row);
  }
}

/** Runs one step of a plan on this thread, from any row of its steps. */
export function runAlone<Memory>(
  plan: Plan,
  table: KernelTable<Memory>,
  memory: Memory,
  tensors: TensorMemory,
  step: Step,
  row: number,
): void {
  writeStep(tensors, plan, step, row);
  const stages = bindStages(plan, (op) => bindOp(table, op, memory, plan));
  runStep(stages, new OwnTasks(), row, step.count, (complete) => {
    complete();
  });
}

/** Writes one row of a plan's steps. */
export function writeStep(tensors: TensorMemory, plan: Plan, step: Step, row: number): void {
  const fields = STEP_FIELDS.map((field) => step[field]);
  tensors.doubles(plan.steps).set(fields, row * STEP_FIELDS.length);
}

/** All values of a tensor, including halos. */
export function arrayOf(
  memory: TensorMemory,
  tensor: Tensor,
): Float32Array | Float64Array | Int32Array | Uint8Array {
  switch (tensor.dtype) {
    case 'f32':
      return memory.floats(tensor);
    case 'f64':
      return memory.doubles(tensor);
    case 'i32':
      return memory.ints(tensor);
    case 'u8':
      return memory.bytes(tensor);
  }
}

/** Whether two arrays have the same values, which includes the sign of zeros. */
export function hasSameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let index = 0; index < a.length; index++) if (!Object.is(a[index], b[index])) return false;
  return a.length === b.length;
}
