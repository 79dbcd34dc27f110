import { InklingError } from '../core/errors.js';
import type { Pair, Shape } from '../core/shape.js';
import { type DType, type Tensor, tensorBytes } from './tensor.js';

/** The first bytes are always zero: kernels load the initial value of their sums from them. */
export const ZEROS_BYTES = 1024;
/** Kernels may read, but never write, up to this many bytes past the end of a tensor. */
const SLACK_BYTES = 1024;
/** Every tensor starts at a multiple of this; the padding up to the next tensor is always zero. */
export const ALIGNMENT_BYTES = 64;
const MAX_MEMORY_BYTES = 2 ** 32;

export interface TensorRequest {
  readonly name: string;
  readonly dtype?: DType;
  readonly per?: Tensor['per'];
  readonly count?: number;
  readonly shape: Shape;
  readonly halo?: Pair;
}

/** Allocates tensors in one memory, which all plans built from them share. */
export class Arena {
  #bytes = ZEROS_BYTES;

  /** The size, in bytes, of a memory that holds everything allocated so far. */
  get bytes(): number {
    return this.#bytes + SLACK_BYTES;
  }

  /** @throws {InklingError} if the memory would exceed what WebAssembly can address */
  tensor(request: TensorRequest): Tensor {
    const tensor: Tensor = {
      dtype: 'f32',
      per: 'plan',
      count: 1,
      halo: [0, 0],
      ...request,
      offset: this.#bytes,
    };
    const bytes = tensorBytes(tensor);
    if (this.#bytes + bytes + SLACK_BYTES > MAX_MEMORY_BYTES) {
      throw new InklingError(
        `memory: ${tensor.name} needs ${String(Math.ceil(bytes / 2 ** 20))} MiB, which exceeds the 4 GiB that ` +
          'WebAssembly can address; use a smaller batch size, model, or data set',
      );
    }
    this.#bytes = Math.ceil((this.#bytes + bytes) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    return tensor;
  }
}
