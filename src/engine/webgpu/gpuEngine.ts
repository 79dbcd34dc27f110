import type { Arrays } from '../../plan/memory.js';
import type { Plan } from '../../plan/plan.js';
import { MAX_STEPS, type Step } from '../../plan/steps.js';
import type { DType, Tensor } from '../../plan/tensor.js';
import { preludeOf, STEP_WORDS } from '../../kernels/webgpu/lib/prelude.js';
import { checkSteps } from '../checkSteps.js';
import type { Engine } from '../engine.js';
import { BUFFER_USAGE, COMPUTE_STAGE } from './constants.js';
import type { GpuDevice } from './gpuDevice.js';
import { GpuMemory } from './gpuMemory.js';
import { type GpuCall, GpuCompiler } from './gpuProgram.js';

/** Every device can bind a part of a buffer that starts at a multiple of this. */
const STEP_BYTES = 256;

/**
 * Runs plans on a GPU. Its operations run in the order of the plan, each as one or more compute shaders; they are divided among the threads
 * of the GPU by images, pixels, or sums, and not into the tasks of a stage, but what an operation computes per task is the same.
 */
export class GpuEngine implements Engine {
  readonly threads = 1;
  readonly simd = undefined;
  readonly isQueue = true;
  readonly #gpu: GpuDevice;
  readonly #memory: GpuMemory;
  readonly #steps: GPUBuffer;
  readonly #bindings: GPUBindGroup;
  readonly #compiler: GpuCompiler;
  readonly #plans = new Map<Plan, readonly GpuCall[]>();

  private constructor(gpu: GpuDevice, memory: GpuMemory) {
    const { device } = gpu;
    this.#gpu = gpu;
    this.#memory = memory;
    this.#steps = device.createBuffer({
      size: MAX_STEPS * STEP_BYTES,
      usage: BUFFER_USAGE.UNIFORM | BUFFER_USAGE.COPY_DST,
    });
    const step = { type: 'uniform', hasDynamicOffset: true } as const;
    const storage = memory.buffers.map(() => ({ type: 'storage' }) as const);
    const layout = device.createBindGroupLayout({
      entries: [step, ...storage].map((buffer, binding) => ({ binding, visibility: COMPUTE_STAGE, buffer })),
    });
    const bound = [
      { buffer: this.#steps, size: STEP_BYTES },
      ...memory.buffers.map((buffer) => ({ buffer })),
    ];
    this.#bindings = device.createBindGroup({
      layout,
      entries: bound.map((resource, binding) => ({ binding, resource })),
    });
    this.#compiler = new GpuCompiler(gpu, layout, preludeOf(memory.buffers.length, memory.bufferBytes));
  }

  /**
   * @param memoryBytes the size of its plans' arena
   * @param bufferBytes the size of the largest buffer; by default as much as the adapter can bind
   * @throws {MemoryError} if the adapter cannot have that much
   * @throws {GpuMemoryError} if it has no memory left
   */
  static async start(gpu: GpuDevice, memoryBytes: number, bufferBytes?: number): Promise<GpuEngine> {
    return new GpuEngine(gpu, await GpuMemory.allocate(gpu, memoryBytes, bufferBytes));
  }

  async load(plan: Plan): Promise<void> {
    if (!this.#plans.has(plan)) this.#plans.set(plan, await this.#compiler.compile(plan));
  }

  write(tensor: Tensor, values: ArrayLike<number>, start = 0): void {
    this.#gpu.assertUsable();
    this.#memory.write(tensor, values, start);
  }

  read<Type extends DType>(
    tensor: Tensor,
    dtype: Type,
    length?: number,
  ): Promise<Arrays<Float32Array>[Type]> {
    return this.#memory.read(tensor, dtype, length);
  }

  /** Submits all steps at once: the commands of a step are the same, and only its row of the steps differs. */
  async run(plan: Plan, steps: readonly Step[]): Promise<void> {
    checkSteps(plan, steps);
    const calls = this.#plans.get(plan);
    if (calls !== undefined) {
      await this.#gpu.work(`the plan ${plan.name}`, () => this.#submit(calls, steps));
      return;
    }
    await this.load(plan);
    await this.run(plan, steps);
  }

  #submit(calls: readonly GpuCall[], steps: readonly Step[]): Promise<void> {
    const { device } = this.#gpu;
    device.queue.writeBuffer(this.#steps, 0, rowsOf(steps));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const row of steps.keys()) {
      pass.setBindGroup(0, this.#bindings, [row * STEP_BYTES]);
      for (const { pipeline, workgroups } of calls) {
        pass.setPipeline(pipeline);
        pass.dispatchWorkgroups(...workgroups);
      }
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
    return device.queue.onSubmittedWorkDone();
  }

  /** Runs in progress are rejected at once. */
  close(): Promise<void> {
    this.#gpu.close();
    return Promise.resolve();
  }
}

/** The steps as shaders read them: the fields in order, and the index of the row. */
function rowsOf(steps: readonly Step[]): ArrayBuffer {
  const rows = new ArrayBuffer(steps.length * STEP_BYTES);
  const view = new DataView(rows);
  for (const [row, step] of steps.entries()) {
    let at = row * STEP_BYTES;
    for (const [field, type] of Object.entries(STEP_WORDS) as [keyof Step, 'u32' | 'f32'][]) {
      if (type === 'u32') view.setUint32(at, step[field], true);
      else view.setFloat32(at, step[field], true);
      at += Uint32Array.BYTES_PER_ELEMENT;
    }
    view.setUint32(at, row, true);
  }
  return rows;
}
