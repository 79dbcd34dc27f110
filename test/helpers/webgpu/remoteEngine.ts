import type { Page } from 'playwright-core';
import type { Engine } from '#inkling/engine/engine.js';
import type { GpuDevice } from '#inkling/engine/webgpu/gpuDevice.js';
import type { GpuEngine } from '#inkling/engine/webgpu/gpuEngine.js';
import type { Arrays } from '#inkling/plan/memory.js';
import type { Plan } from '#inkling/plan/plan.js';
import type { Step } from '#inkling/plan/steps.js';
import type { DType, Tensor } from '#inkling/plan/tensor.js';
import type { GpuPage } from './gpuPage.js';

const ARRAYS = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u8: Uint8Array };

/** What a page holds; it has one device. */
declare global {
  var gpuDevice: Promise<GpuDevice> | undefined;
  var gpuEngine: GpuEngine | undefined;
  var gpuPlans: Map<number, Plan> | undefined;
}

interface Write {
  readonly tensor: Tensor;
  readonly start: number;
  /** base64 of numbers of the tensor's type */
  readonly values: string;
}

/** The GPU engine of a page, for a session in this process. Each replaces the one before it. */
export class RemoteEngine implements Engine {
  readonly threads = 1;
  readonly simd = undefined;
  readonly isQueue = false;
  readonly #page: Page;
  readonly #plans = new Map<Plan, number>();
  #writes: Write[] = [];

  private constructor(page: Page) {
    this.#page = page;
  }

  static async start(
    gpu: GpuPage | undefined,
    memoryBytes: number,
    bufferBytes?: number,
  ): Promise<RemoteEngine> {
    if (gpu === undefined) throw new Error('expected a page with a GPU');
    await gpu.page.evaluate(startInPage, { memoryBytes, bufferBytes });
    return new RemoteEngine(gpu.page);
  }

  async load(): Promise<void> {
    // The first run does.
  }

  write(tensor: Tensor, values: ArrayLike<number>, start = 0): void {
    const bytes = new Uint8Array(ARRAYS[tensor.dtype].from(values).buffer);
    this.#writes.push({ tensor, start, values: Buffer.from(bytes).toString('base64') });
  }

  async run(plan: Plan, steps: readonly Step[]): Promise<void> {
    const id = this.#plans.get(plan) ?? this.#plans.size;
    const isKnown = this.#plans.has(plan);
    this.#plans.set(plan, id);
    const run = { id, plan: isKnown ? undefined : plan, steps };
    await this.#page.evaluate(requestInPage, { writes: this.#writes.splice(0), run });
  }

  async read<Type extends DType>(
    tensor: Tensor,
    dtype: Type,
    length?: number,
  ): Promise<Arrays<Float32Array>[Type]> {
    const read = { tensor, dtype, length };
    const text = await this.#page.evaluate(requestInPage, { writes: this.#writes.splice(0), read });
    const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
    return new ARRAYS[dtype](bytes.buffer) as Arrays<Float32Array>[Type];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

interface PageStart {
  readonly memoryBytes: number;
  readonly bufferBytes: number | undefined;
}

async function startInPage({ memoryBytes, bufferBytes }: PageStart): Promise<void> {
  // Not `import(…)` itself, which Vitest replaces with a function that a page does not have.
  const load = new Function('path', 'return import(path)') as <Module>(path: string) => Promise<Module>;
  const { GpuDevice: Device } = await load<typeof import('#inkling/engine/webgpu/gpuDevice.js')>(
    '/engine/webgpu/gpuDevice.js',
  );
  const { GpuEngine: Engine } = await load<typeof import('#inkling/engine/webgpu/gpuEngine.js')>(
    '/engine/webgpu/gpuEngine.js',
  );
  globalThis.gpuDevice ??= Device.open(navigator.gpu);
  globalThis.gpuEngine = await Engine.start(await globalThis.gpuDevice, memoryBytes, bufferBytes);
  globalThis.gpuPlans = new Map();
}

interface PageRun {
  readonly id: number;
  /** Undefined if the page has it. */
  readonly plan: Plan | undefined;
  readonly steps: readonly Step[];
}

interface PageRequest {
  readonly writes: readonly Write[];
  readonly run?: PageRun;
  readonly read?: { readonly tensor: Tensor; readonly dtype: DType; readonly length: number | undefined };
}

/** Writes, runs, and reads; returns what it has read in base64. */
async function requestInPage({ writes, run, read }: PageRequest): Promise<string> {
  const arrays = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u8: Uint8Array };
  const { gpuEngine: engine, gpuPlans: plans } = globalThis;
  if (engine === undefined || plans === undefined) throw new Error('expected a started engine');
  for (const { tensor, start, values } of writes) {
    const bytes = Uint8Array.from(atob(values), (character) => character.charCodeAt(0));
    engine.write(tensor, new arrays[tensor.dtype](bytes.buffer), start);
  }
  if (run !== undefined) {
    const plan = run.plan ?? plans.get(run.id);
    if (plan === undefined) throw new Error(`expected plan ${run.id}`);
    plans.set(run.id, plan);
    await engine.run(plan, run.steps);
  }
  if (read === undefined) return '';
  const array = await engine.read(read.tensor, read.dtype, read.length);
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(text);
}
