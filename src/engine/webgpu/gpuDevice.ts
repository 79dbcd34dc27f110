import { ClosedError, InklingError, MachineError, messageOf } from '../../core/errors.js';

/** Where the results of a GPU may come from: a program that computes them on the processor is slower than the kernels in WebAssembly. */
export interface AdapterFacts {
  /** As the driver describes it, such as `NVIDIA GeForce RTX 4090`. */
  readonly name: string;
  readonly isSoftware: boolean;
}

/** A device, and what has gone wrong with it. */
export class GpuDevice {
  readonly device: GPUDevice;
  readonly facts: AdapterFacts;
  #failure: InklingError | undefined;

  private constructor(device: GPUDevice, facts: AdapterFacts) {
    this.device = device;
    this.facts = facts;
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#failure ??= new MachineError(`GPU: ${error.message}; use the device cpu`);
    });
    void device.lost.then(({ reason, message }) => {
      this.#failure ??=
        reason === 'destroyed'
          ? new ClosedError('engine: the GPU engine was closed')
          : new MachineError(
              `GPU: the driver gave up the device (${message || 'without a reason'}), as when a step takes too long or the GPU is removed; ` +
                'nothing that was saved is lost: resume with smaller batches, or with the device cpu',
            );
    });
  }

  /**
   * Opens the system's preferred adapter with all of its memory.
   *
   * @throws {InklingError} if there is none
   */
  static async open(gpu: Pick<GPU, 'requestAdapter'>): Promise<GpuDevice> {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) {
      throw new InklingError(
        'GPU: WebGPU found no adapter; install a driver for Vulkan, Metal, or Direct3D 12, or use the device cpu',
      );
    }
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX, maxComputeWorkgroupStorageSize } =
      adapter.limits;
    const requiredLimits = {
      maxBufferSize,
      maxStorageBufferBindingSize,
      maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX,
      maxComputeWorkgroupStorageSize,
    };
    return new GpuDevice(await adapter.requestDevice({ requiredLimits }), factsOf(adapter.info));
  }

  /** @throws {InklingError} the first failure, if there was one */
  assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Waits for what the device does; a failure of the device, which can reject it with a reason that helps nobody, is thrown in its place.
   */
  async finish<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      // The event that says why follows the rejection.
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.assertUsable();
      throw new MachineError(`GPU: ${messageOf(error)}; use the device cpu`);
    } finally {
      this.assertUsable();
    }
  }
}

function factsOf({ vendor, architecture, device, description }: GPUAdapterInfo): AdapterFacts {
  const name = description || [vendor, architecture, device].filter((part) => part !== '').join(' ');
  return {
    name: name || 'unknown GPU',
    isSoftware: /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(`${name} ${device}`),
  };
}
