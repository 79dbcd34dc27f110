import { ClosedError, type InklingError, messageOf } from '../../core/errors.js';
import { USE_CPU } from '../../platform/gpu/useCpu.js';
import { GpuError, GpuMemoryError } from './gpuErrors.js';

/** Where the results of a GPU may come from: a program that computes them on the processor is slower than the kernels in WebAssembly. */
export interface AdapterFacts {
  /** As the driver describes it, such as `NVIDIA GeForce RTX 4090`. */
  readonly name: string;
  readonly isSoftware: boolean;
}

/** What the work of a device can cause, in the order in which it is reported. */
const SCOPES = ['out-of-memory', 'internal', 'validation'] as const;

/** A device, and what has gone wrong with it. */
export class GpuDevice {
  readonly device: GPUDevice;
  readonly facts: AdapterFacts;
  /** What waits for the device, by the function that rejects it. */
  readonly #waiting = new Set<(failure: InklingError) => void>();
  #failure: InklingError | undefined;

  private constructor(device: GPUDevice, facts: AdapterFacts) {
    this.device = device;
    this.facts = facts;
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#fail(new GpuError(`GPU: ${facts.name}: ${error.message}; update its driver, or ${USE_CPU}`));
    });
    void device.lost.then(({ reason, message }) => {
      this.#fail(
        reason === 'destroyed'
          ? new ClosedError('engine: the GPU engine was closed')
          : new GpuError(
              `GPU: the driver gave up the device (${message || 'without a reason'}), as when a step takes too long or the GPU is removed; ` +
                `train again with smaller batches, or ${USE_CPU}`,
            ),
      );
    });
  }

  /**
   * Opens the system's preferred adapter with all of its memory.
   *
   * @throws {GpuError} if there is none, or its driver refuses
   */
  static async open(gpu: Pick<GPU, 'requestAdapter'>): Promise<GpuDevice> {
    const adapter = await findAdapter(gpu);
    const facts = factsOf(adapter.info);
    try {
      return new GpuDevice(await adapter.requestDevice({ requiredLimits: limitsOf(adapter) }), facts);
    } catch (error) {
      throw new GpuError(
        `GPU: ${facts.name} gave no device: ${messageOf(error)}; update its driver, close other programs that use it, or ${USE_CPU}`,
        { cause: error },
      );
    }
  }

  /** @throws {InklingError} the first failure, if there was one */
  assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Lets the device work, and waits for it. An error that the work causes rejects it, and not what comes later; so does a failure of the device.
   *
   * @param what the work, for messages
   * @param start begins the work; the promise is fulfilled when it is done
   * @throws {GpuMemoryError} if it takes more memory than there is
   */
  async work<Result>(what: string, start: () => Promise<Result>): Promise<Result> {
    this.assertUsable();
    for (const scope of SCOPES) this.device.pushErrorScope(scope);
    let result: Promise<Result>;
    let errors: Promise<GPUError | null>[];
    try {
      result = start();
    } finally {
      errors = SCOPES.map(() => this.device.popErrorScope()).reverse();
    }
    return this.#orFailure(this.#checked(what, result, errors));
  }

  /** What waits for the device is rejected. */
  close(): void {
    this.#fail(new ClosedError('engine: the GPU engine was closed'));
    this.device.destroy();
  }

  async #checked<Result>(
    what: string,
    result: Promise<Result>,
    errors: readonly Promise<GPUError | null>[],
  ): Promise<Result> {
    const [done, ...scopes] = await Promise.allSettled([result, ...errors]);
    for (const [index, scope] of scopes.entries()) {
      const error = scope.status === 'fulfilled' ? scope.value : null;
      if (error !== null) throw this.#errorOf(what, SCOPES[index], error.message);
    }
    if (done.status === 'fulfilled') return done.value;
    // The event that says why follows the rejection.
    await new Promise((resolve) => setTimeout(resolve, 0));
    throw this.#errorOf(what, 'internal', messageOf(done.reason));
  }

  #errorOf(what: string, scope: (typeof SCOPES)[number], message: string): InklingError {
    const { name } = this.facts;
    return scope === 'out-of-memory'
      ? new GpuMemoryError(
          `GPU: ${name} has not enough memory left for ${what}; close other programs that use it, or ${USE_CPU}`,
        )
      : new GpuError(`GPU: ${name} failed at ${what}: ${message}; update its driver, or ${USE_CPU}`);
  }

  async #orFailure<Result>(work: Promise<Result>): Promise<Result> {
    let reject: ((failure: InklingError) => void) | undefined;
    const failure = new Promise<never>((_, rejects) => (reject = rejects));
    if (reject !== undefined) this.#waiting.add(reject);
    try {
      const result = await Promise.race([work, failure]);
      this.assertUsable();
      return result;
    } finally {
      if (reject !== undefined) this.#waiting.delete(reject);
    }
  }

  #fail(failure: InklingError): void {
    this.#failure ??= failure;
    for (const reject of this.#waiting) reject(this.#failure);
    this.#waiting.clear();
  }
}

/**
 * The system's preferred adapter.
 *
 * @throws {GpuError} if there is none
 */
export async function findAdapter(gpu: Pick<GPU, 'requestAdapter'>): Promise<GPUAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter !== null) return adapter;
  throw new GpuError(
    `GPU: WebGPU found no adapter; install a driver for Vulkan, Metal, or Direct3D 12, or ${USE_CPU}`,
  );
}

/** What the engine needs more of than every adapter has. */
function limitsOf({ limits }: GPUAdapter) {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  };
}

function factsOf({
  vendor,
  architecture,
  device,
  description,
  isFallbackAdapter,
}: GPUAdapterInfo): AdapterFacts {
  const name = description || [vendor, architecture, device].filter((part) => part !== '').join(' ');
  return {
    name: name || 'unknown GPU',
    isSoftware:
      isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(`${name} ${device}`),
  };
}
