import { messageOf } from '../../core/errors.js';
import { USE_CPU } from '../../platform/gpu/useCpu.js';
import { webgpuKernels } from '../../kernels/generated/webgpuKernels.js';
import type { Dispatch, KernelLimits, WebgpuKernel } from '../../kernels/webgpu/lib/kernel.js';
import type { Op, OpName } from '../../plan/ops.js';
import type { Plan } from '../../plan/plan.js';
import type { GpuDevice } from './gpuDevice.js';
import { GpuError } from './gpuErrors.js';

/** A compiled dispatch, with its workgroups in rows of at most as many as the adapter allows. */
export interface GpuCall {
  readonly pipeline: GPUComputePipeline;
  readonly workgroups: readonly [columns: number, rows: number];
}

/** Compiles the operations of plans. Shaders with the same code are compiled once. */
export class GpuCompiler {
  readonly #gpu: GpuDevice;
  readonly #layout: GPUPipelineLayout;
  readonly #prelude: string;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  /** @param prelude WGSL: what every shader begins with */
  constructor(gpu: GpuDevice, bindings: GPUBindGroupLayout, prelude: string) {
    this.#gpu = gpu;
    this.#prelude = prelude;
    this.#layout = gpu.device.createPipelineLayout({ bindGroupLayouts: [bindings] });
  }

  /**
   * What a step of a plan runs, in order.
   *
   * @throws {GpuError} with the compiler's message, if the driver rejects a shader
   */
  async compile(plan: Plan): Promise<GpuCall[]> {
    const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX } = this.#gpu.device.limits;
    const { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension } = this.#gpu.device.limits;
    const limits = {
      threads: Math.min(maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX),
      sharedBytes: maxComputeWorkgroupStorageSize,
    };
    const calls = plan.stages.flatMap(({ ops }) =>
      ops.flatMap((op) =>
        dispatchesOf(op, limits).map(async ({ code, workgroups }): Promise<GpuCall> => {
          const columns = Math.min(workgroups, maxComputeWorkgroupsPerDimension);
          const rows = Math.ceil(workgroups / columns);
          return { pipeline: await this.#pipelineOf(op.op, code), workgroups: [columns, rows] };
        }),
      ),
    );
    return Promise.all(calls);
  }

  #pipelineOf(name: OpName, code: string): Promise<GPUComputePipeline> {
    const pipeline = this.#pipelines.get(code) ?? this.#compileShader(name, code);
    this.#pipelines.set(code, pipeline);
    return pipeline;
  }

  async #compileShader(name: OpName, code: string): Promise<GPUComputePipeline> {
    const { device } = this.#gpu;
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label: name, code: this.#prelude + code });
    const rejected = await device.popErrorScope();
    if (rejected !== null) throw shaderError(name, rejected.message);
    try {
      return await device.createComputePipelineAsync({
        label: name,
        layout: this.#layout,
        compute: { module, entryPoint: 'main' },
      });
    } catch (error) {
      this.#gpu.assertUsable();
      throw shaderError(name, messageOf(error));
    }
  }
}

function dispatchesOf(op: Op, limits: KernelLimits): readonly Dispatch[] {
  // TypeScript cannot infer that an operation matches the entry of its name.
  const kernel = webgpuKernels[op.op] as (op: Op, limits: KernelLimits) => ReturnType<WebgpuKernel<OpName>>;
  return [kernel(op, limits)].flat();
}

function shaderError(name: OpName, message: string): GpuError {
  return new GpuError(
    `GPU: the driver could not compile the shader of ${name}: ${message.trim()}; update the driver, or ${USE_CPU}`,
  );
}
