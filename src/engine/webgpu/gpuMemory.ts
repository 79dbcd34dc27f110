import { formatCount } from '../../core/format.js';
import { MemoryError } from '../../plan/arena.js';
import type { Arrays } from '../../plan/memory.js';
import { BYTES_PER_ELEMENT, type DType, endOf, type Tensor } from '../../plan/tensor.js';
import { BUFFER_USAGE, MAP_READ } from './constants.js';
import type { GpuDevice } from './gpuDevice.js';

/** What is copied begins and ends at multiples of this. */
const WORD_BYTES = 4;

/**
 * The memory of an arena on a GPU: one buffer, in which tensors have their addresses. Elements that take 8 bytes are pairs of float32
 * numbers there, whose sum is their value.
 */
export class GpuMemory {
  readonly buffer: GPUBuffer;
  readonly #gpu: GpuDevice;
  /** The bytes that were written to u8 tensors: the words at the ends of what is written also contain others. */
  readonly #bytes = new Map<number, Uint8Array<ArrayBuffer>>();

  private constructor(gpu: GpuDevice, buffer: GPUBuffer) {
    this.#gpu = gpu;
    this.buffer = buffer;
  }

  /** @throws {MemoryError} if the adapter cannot have that much in one piece, or has no memory left */
  static async allocate(gpu: GpuDevice, bytes: number): Promise<GpuMemory> {
    const { device } = gpu;
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    const size = Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
    if (size > limit) {
      throw new MemoryError(
        `GPU: the network needs ${inMegabytes(size)} of memory in one piece, and ${gpu.facts.name} allows ${inMegabytes(limit)}; use the device cpu`,
      );
    }
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({
      size,
      usage: BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST,
    });
    if ((await device.popErrorScope()) !== null) {
      throw new MemoryError(
        `GPU: ${gpu.facts.name} has less than ${inMegabytes(size)} of memory left; close other programs that use it, or use the device cpu`,
      );
    }
    return new GpuMemory(gpu, buffer);
  }

  write(tensor: Tensor, values: ArrayLike<number>, start: number): void {
    if (values.length === 0) return;
    const { queue } = this.#gpu.device;
    const at = tensor.offset + start * BYTES_PER_ELEMENT[tensor.dtype];
    switch (tensor.dtype) {
      case 'f32':
        queue.writeBuffer(this.buffer, at, Float32Array.from(values));
        return;
      case 'f64':
        queue.writeBuffer(this.buffer, at, pairsOf(values));
        return;
      case 'i32':
        queue.writeBuffer(this.buffer, at, Int32Array.from(values));
        return;
      case 'u8': {
        const words = this.#wordsWith(tensor, values, start);
        queue.writeBuffer(this.buffer, tensor.offset + words.begin, words.bytes);
      }
    }
  }

  #wordsWith(tensor: Tensor, values: ArrayLike<number>, start: number) {
    const size = Math.ceil((endOf(tensor) - tensor.offset) / WORD_BYTES) * WORD_BYTES;
    const all = this.#bytes.get(tensor.offset) ?? new Uint8Array(size);
    this.#bytes.set(tensor.offset, all);
    all.set(values, start);
    const begin = Math.floor(start / WORD_BYTES) * WORD_BYTES;
    const end = Math.ceil((start + values.length) / WORD_BYTES) * WORD_BYTES;
    return { begin, bytes: all.subarray(begin, end) };
  }

  /** A copy of a tensor's first elements, by default all. */
  async read<Type extends DType>(
    tensor: Tensor,
    dtype: Type,
    length?: number,
  ): Promise<Arrays<Float32Array>[Type]> {
    if (tensor.dtype !== dtype) throw new Error(`${tensor.name} holds ${tensor.dtype}, not ${dtype}`);
    const elements = length ?? (endOf(tensor) - tensor.offset) / BYTES_PER_ELEMENT[dtype];
    const bytes = await this.#copy(tensor.offset, elements * BYTES_PER_ELEMENT[dtype]);
    const arrays: { readonly [Each in DType]: () => Arrays<Float32Array>[Each] } = {
      f32: () => new Float32Array(bytes),
      f64: () => sumsOf(new Float32Array(bytes)),
      i32: () => new Int32Array(bytes),
      u8: () => new Uint8Array(bytes, 0, elements),
    };
    return arrays[dtype]();
  }

  async #copy(offset: number, bytes: number): Promise<ArrayBuffer> {
    const { device } = this.#gpu;
    const size = Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
    const copied = device.createBuffer({ size, usage: BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST });
    try {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(this.buffer, offset, copied, 0, size);
      device.queue.submit([encoder.finish()]);
      await this.#gpu.finish(copied.mapAsync(MAP_READ));
      return copied.getMappedRange().slice(0);
    } finally {
      copied.destroy();
    }
  }
}

/** Each number as the nearest float32, and what is left of it. */
function pairsOf(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    pairs[2 * i] = values[i];
    pairs[2 * i + 1] = values[i] - pairs[2 * i];
  }
  return pairs;
}

function sumsOf(pairs: Float32Array): Float64Array {
  return Float64Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i] + pairs[2 * i + 1]);
}

function inMegabytes(bytes: number): string {
  return `${formatCount(Math.ceil(bytes / 2 ** 20))} MiB`;
}
