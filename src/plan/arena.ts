import { InklingError } from '../core/errors.js';
import type { Pair, Shape } from '../core/shape.js';
import { type DType, type Tensor, tensorBytes } from './tensor.js';

/** The first bytes are always zero: kernels load the initial value of their sums from them. */
export const ZEROS_BYTES = 1024;
/** Kernels may read, but never write, up to this many bytes past the end of a tensor; no result depends on what is there. */
const SLACK_BYTES = 1024;
/** Every tensor starts at a multiple of this. */
export const ALIGNMENT_BYTES = 64;
const MAX_MEMORY_BYTES = 2 ** 32;
/** The distance of temporary tensors' provisional addresses, which exceed those of every memory. */
const TEMPORARY_BYTES = 2 ** 33;

export interface TensorRequest {
  readonly name: string;
  readonly dtype?: DType;
  readonly per?: Tensor['per'];
  readonly count?: number;
  readonly shape: Shape;
  readonly halo?: Pair;
}

/** Thrown when there is less memory than plans need; who chose the size of a batch adds that a smaller one helps. */
export class MemoryError extends InklingError {
  override name = 'MemoryError';
}

/** Allocates tensors in one memory, which all plans built from them share. */
export class Arena {
  /** Whether temporary tensors share memory; otherwise each has its own, so that it can be inspected after a step. */
  readonly sharesMemory: boolean;
  readonly #maxBytes: number;
  #bytes = ZEROS_BYTES;
  #temporaries = 0;
  #workspace: Tensor | undefined;

  /** @param maxBytes the size that its memory must not exceed */
  constructor(sharesMemory = true, maxBytes = MAX_MEMORY_BYTES) {
    this.sharesMemory = sharesMemory;
    this.#maxBytes = maxBytes;
  }

  /** The size, in bytes, of a memory that holds everything allocated so far. */
  get bytes(): number {
    return this.#bytes + SLACK_BYTES;
  }

  /**
   * Allocates a tensor with memory of its own, which is initialized with zeros and keeps its values between steps.
   *
   * @throws {MemoryError} if the memory would exceed what WebAssembly can address
   */
  tensor(request: TensorRequest): Tensor {
    const tensor = tensorAt(this.#bytes, request);
    const bytes = tensorBytes(tensor);
    if (this.#bytes + bytes + SLACK_BYTES > this.#maxBytes) {
      throw new MemoryError(
        `memory: ${tensor.name} needs ${String(Math.ceil(bytes / 2 ** 20))} MiB, which exceeds the 4 GiB that ` +
          'WebAssembly can address; use a smaller model',
      );
    }
    this.#bytes = aligned(this.#bytes + bytes);
    return tensor;
  }

  /** A tensor that each step writes before it reads it. Its address is provisional until its plan is built. */
  temporary(request: TensorRequest): Tensor {
    if (!this.sharesMemory) return this.tensor(request);
    return tensorAt(++this.#temporaries * TEMPORARY_BYTES, request);
  }

  /**
   * The address of memory for the temporary tensors of a plan. All plans use the same, because only one runs at a time.
   *
   * @throws {MemoryError} if the memory would exceed what WebAssembly can address
   */
  workspace(bytes: number): number {
    if (this.#workspace === undefined || tensorBytes(this.#workspace) < bytes) {
      this.#workspace = this.tensor({ name: 'workspace', dtype: 'u8', shape: [bytes] });
    }
    return this.#workspace.offset;
  }
}

function tensorAt(offset: number, request: TensorRequest): Tensor {
  return { dtype: 'f32', per: 'plan', count: 1, halo: [0, 0], ...request, offset };
}

/**
 * The bytes that each further image of a batch takes, also if there is memory for a single one only.
 *
 * @param plan builds the plans for batches of a size
 */
export function bytesPerImage(plan: (arena: Arena, batchSize: number) => void): number {
  const [one, two] = [1, 2].map((batchSize) => {
    const arena = new Arena(true, Infinity);
    plan(arena, batchSize);
    return arena.bytes;
  });
  return two - one;
}

/** The number of a temporary tensor, which all views of it share; 0 for other tensors. */
export function temporaryOf({ offset }: Tensor): number {
  return Math.floor(offset / TEMPORARY_BYTES);
}

/** Rounds a number of bytes up to a multiple of the alignment. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
