import { formatCount } from '../../core/format.js';
import { USE_CPU } from '../../platform/gpu/useCpu.js';
import { MemoryError } from '../../plan/arena.js';
import type { Arrays } from '../../plan/memory.js';
import { BYTES_PER_ELEMENT, type DType, endOf, type Tensor } from '../../plan/tensor.js';
import { BUFFER_USAGE, MAP_READ } from './constants.js';
import type { GpuDevice } from './gpuDevice.js';

/** What is copied begins and ends at multiples of this. */
const WORD_BYTES = 4;

/**
 * The memory of an arena on a GPU, in which tensors have their addresses: one buffer or, if the adapter cannot bind as much in one piece, several
 * that follow each other. Elements that take 8 bytes are pairs of float32 numbers there, whose sum is their value.
 */
export class GpuMemory {
  readonly buffers: readonly GPUBuffer[];
  /** The bytes of each buffer but the last, a power of two if there are several. */
  readonly bufferBytes: number;
  readonly #gpu: GpuDevice;
  /** The bytes that were written to u8 tensors: the words at the ends of what is written also contain others. */
  readonly #bytes = new Map<number, Uint8Array<ArrayBuffer>>();

  private constructor(gpu: GpuDevice, buffers: readonly GPUBuffer[], bufferBytes: number) {
    this.#gpu = gpu;
    this.buffers = buffers;
    this.bufferBytes = bufferBytes;
  }

  /**
   * @param largest the bytes of the largest buffer; by default as many as the adapter can bind
   * @throws {MemoryError} if the adapter cannot have that much
   * @throws {GpuMemoryError} if it has no memory left
   */
  static async allocate(gpu: GpuDevice, bytes: number, largest?: number): Promise<GpuMemory> {
    const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage } = gpu.device.limits;
    const limit = largest ?? Math.min(maxBufferSize, maxStorageBufferBindingSize);
    const size = Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
    const bufferBytes = size <= limit ? size : 2 ** Math.floor(Math.log2(limit));
    const count = Math.ceil(size / bufferBytes);
    if (count > maxStorageBuffersPerShaderStage) {
      const most = inMegabytes(bufferBytes * maxStorageBuffersPerShaderStage);
      throw new MemoryError(
        `GPU: the network needs ${inMegabytes(size)} of memory, and ${gpu.facts.name} allows ${most}; ${USE_CPU}`,
      );
    }
    const buffers = await gpu.work(inMegabytes(size), () =>
      Promise.resolve(
        Array.from({ length: count }, (_, index) =>
          gpu.device.createBuffer({
            size: Math.min(bufferBytes, size - index * bufferBytes),
            usage: BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST,
          }),
        ),
      ),
    );
    return new GpuMemory(gpu, buffers, bufferBytes);
  }

  write(tensor: Tensor, values: ArrayLike<number>, start: number): void {
    if (values.length === 0) return;
    const at = tensor.offset + start * BYTES_PER_ELEMENT[tensor.dtype];
    switch (tensor.dtype) {
      case 'f32':
        this.#write(at, Float32Array.from(values));
        return;
      case 'f64':
        this.#write(at, pairsOf(values));
        return;
      case 'i32':
        this.#write(at, Int32Array.from(values));
        return;
      case 'u8': {
        const words = this.#wordsWith(tensor, values, start);
        this.#write(tensor.offset + words.begin, words.bytes);
      }
    }
  }

  #write(address: number, { buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): void {
    for (const part of this.#partsOf(address, byteLength)) {
      this.#gpu.device.queue.writeBuffer(part.buffer, part.at, buffer, byteOffset + part.begin, part.bytes);
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
    const bytes = await this.#copy(tensor, elements * BYTES_PER_ELEMENT[dtype]);
    const arrays: { readonly [Each in DType]: () => Arrays<Float32Array>[Each] } = {
      f32: () => new Float32Array(bytes),
      f64: () => sumsOf(new Float32Array(bytes)),
      i32: () => new Int32Array(bytes),
      u8: () => new Uint8Array(bytes, 0, elements),
    };
    return arrays[dtype]();
  }

  async #copy({ name, offset }: Tensor, bytes: number): Promise<ArrayBuffer> {
    const { device } = this.#gpu;
    const size = Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
    const copied = device.createBuffer({ size, usage: BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST });
    try {
      await this.#gpu.work(`reading ${name}`, () => {
        const encoder = device.createCommandEncoder();
        for (const part of this.#partsOf(offset, size)) {
          encoder.copyBufferToBuffer(part.buffer, part.at, copied, part.begin, part.bytes);
        }
        device.queue.submit([encoder.finish()]);
        return copied.mapAsync(MAP_READ);
      });
      return copied.getMappedRange().slice(0);
    } finally {
      copied.destroy();
    }
  }

  /** Where bytes that follow each other lie: `bytes` of them, from the `begin`th, at an address of a buffer. */
  *#partsOf(address: number, size: number) {
    for (let begin = 0; begin < size;) {
      const index = Math.floor((address + begin) / this.bufferBytes);
      const at = address + begin - index * this.bufferBytes;
      const bytes = Math.min(size - begin, this.bufferBytes - at);
      yield { buffer: this.buffers[index], at, begin, bytes };
      begin += bytes;
    }
  }
}

/** Each number as the nearest float32, and what is left of it. */
function pairsOf(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    pairs[2 * i] = values[i];
    pairs[2 * i + 1] = Number.isFinite(pairs[2 * i]) ? values[i] - pairs[2 * i] : 0;
  }
  return pairs;
}

function sumsOf(pairs: Float32Array): Float64Array {
  return Float64Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i] + pairs[2 * i + 1]);
}

function inMegabytes(bytes: number): string {
  return `${formatCount(Math.ceil(bytes / 2 ** 20))} MiB`;
}
