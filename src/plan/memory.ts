import { BYTES_PER_ELEMENT, type DType, endOf, type Tensor } from './tensor.js';

type Floats = Float32Array | Float64Array;

/** The array that holds the elements of each type. */
export interface Arrays<F extends Floats> {
  readonly f32: F;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u8: Uint8Array;
}

/** Sets elements of a tensor. */
export interface TensorWriter {
  /** @param start the element of the tensor that the first value goes to */
  write(tensor: Tensor, values: ArrayLike<number>, start?: number): void;
}

/** Views of a plan's tensors as typed arrays. */
export class TensorMemory<F extends Floats = Floats> implements TensorWriter {
  readonly #arrays: Arrays<F>;

  private constructor(arrays: Arrays<F>) {
    this.#arrays = arrays;
  }

  /** @param buffer the engine's memory, or another of the same layout */
  static over(buffer: ArrayBufferLike): TensorMemory<Float32Array> {
    return new TensorMemory({
      f32: new Float32Array(buffer),
      f64: new Float64Array(buffer),
      i32: new Int32Array(buffer),
      u8: new Uint8Array(buffer),
    });
  }

  /** Stores every float32 element in double precision, at the same index, so that results can serve as exact references. */
  static inDoublePrecision(bytes: number): TensorMemory<Float64Array> {
    const words = Math.ceil(bytes / 4);
    return new TensorMemory({
      f32: new Float64Array(words),
      f64: new Float64Array(Math.ceil(words / 2)),
      i32: new Int32Array(words),
      u8: new Uint8Array(bytes),
    });
  }

  write(tensor: Tensor, values: ArrayLike<number>, start = 0): void {
    this.#elementsOf(tensor, tensor.dtype).set(values, start);
  }

  /**
   * A copy of a tensor's elements.
   *
   * @param length how many of them, starting with the first; all by default
   */
  read<Type extends DType>(tensor: Tensor, dtype: Type, length?: number): Arrays<F>[Type] {
    return this.#elementsOf(tensor, dtype).slice(0, length) as Arrays<F>[Type];
  }

  /** The elements of an `f32` tensor. */
  floats(tensor: Tensor): F {
    return this.#arrays.f32.subarray(...rangeOf(tensor, 'f32')) as F;
  }

  /** The elements of an `f64` tensor. */
  doubles(tensor: Tensor): Float64Array {
    return this.#arrays.f64.subarray(...rangeOf(tensor, 'f64'));
  }

  /** The elements of an `i32` tensor. */
  ints(tensor: Tensor): Int32Array {
    return this.#arrays.i32.subarray(...rangeOf(tensor, 'i32'));
  }

  /** The elements of a `u8` tensor. */
  bytes(tensor: Tensor): Uint8Array {
    return this.#arrays.u8.subarray(...rangeOf(tensor, 'u8'));
  }

  #elementsOf(tensor: Tensor, dtype: DType) {
    return this.#arrays[dtype].subarray(...rangeOf(tensor, dtype));
  }
}

function rangeOf(tensor: Tensor, dtype: Tensor['dtype']): [start: number, end: number] {
  if (tensor.dtype !== dtype) throw new Error(`${tensor.name} holds ${tensor.dtype}, not ${dtype}`);
  const size = BYTES_PER_ELEMENT[dtype];
  return [tensor.offset / size, endOf(tensor) / size];
}
