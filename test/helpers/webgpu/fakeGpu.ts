import { expect } from 'vitest';
import type { GpuAccess } from '#inkling/platform/gpu/openGpu.js';

const LIMITS = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupStorageSize: 2 ** 14,
  maxComputeWorkgroupsPerDimension: 65_535,
};

/** A device that does nothing, and what goes wrong with it. */
export class FakeDevice extends EventTarget {
  readonly limits: typeof LIMITS;
  readonly #scopes: string[] = [];
  /** What the next scopes of these kinds catch. */
  readonly errors: Record<string, string | undefined>;
  readonly lost: Promise<{ reason: string; message: string }>;
  readonly queue = {
    writeBuffer: () => undefined,
    submit: () => undefined,
    onSubmittedWorkDone: (): Promise<void> => Promise.resolve(),
  };
  lose: (info: { reason: string; message: string }) => void = () => undefined;

  /** @param bytes that a buffer can have */
  constructor(errors: Record<string, string> = {}, bytes = LIMITS.maxStorageBufferBindingSize) {
    super();
    this.errors = errors;
    this.limits = { ...LIMITS, maxStorageBufferBindingSize: bytes };
    this.lost = new Promise((resolve) => (this.lose = resolve));
  }

  pushErrorScope(filter: string): void {
    this.#scopes.push(filter);
  }

  popErrorScope(): Promise<{ message: string } | null> {
    const filter = this.#scopes.pop() ?? expect.fail('expected a scope');
    const { [filter]: message } = this.errors;
    this.errors[filter] = undefined;
    return Promise.resolve(message === undefined ? null : { message });
  }

  /** What is read are zeros. */
  createBuffer = ({ size }: { readonly size: number }) => ({
    destroy: () => undefined,
    mapAsync: () => Promise.resolve(),
    getMappedRange: () => new ArrayBuffer(size),
  });
  createBindGroupLayout = () => ({});
  createPipelineLayout = () => ({});
  createBindGroup = () => ({});
  createShaderModule = () => ({});
  createComputePipelineAsync = () => Promise.resolve({});
  createCommandEncoder = () => ({
    beginComputePass: () => PASS,
    copyBufferToBuffer: () => undefined,
    finish: () => ({}),
  });
  destroy(): void {
    this.lose({ reason: 'destroyed', message: '' });
  }
}

const PASS = {
  setBindGroup: () => undefined,
  setPipeline: () => undefined,
  dispatchWorkgroups: () => undefined,
  end: () => undefined,
};

/** WebGPU with one adapter, which has no more of the interface than the engine uses. */
export function fakeGpu(device: Promise<FakeDevice>, description = 'Fake 9000'): GpuAccess {
  const info = { vendor: 'fake', architecture: '', device: '', description };
  const adapter = { limits: LIMITS, info, requestDevice: () => device };
  return { requestAdapter: () => Promise.resolve(adapter as unknown as GPUAdapter) };
}
