import { CHANNELS, FLOAT, Lane, multiplyAdd, Pair, VECTOR } from './simd';

/*
 * The normalization of images by a scale and a shift per channel, optionally with the sum of a residual and ReLU. Vector lanes are
 * channels: eight at a time, which hosts with 256-bit registers process at once, then four, and the rest one by one. Results are written
 * in the order of the memory, because large images do not fit into a cache.
 */

export class Normalize {
  /** `output = input · scale + shift + other`, from 0 to `maximum` with `relu`; `other` only with `adds` */
  @inline
  static images(
    relu: bool,
    adds: bool,
    begin: i32,
    end: i32,
    input: i32,
    inputItem: i32,
    inputRow: i32,
    other: i32,
    otherItem: i32,
    otherRow: i32,
    output: i32,
    outputItem: i32,
    outputRow: i32,
    height: i32,
    width: i32,
    channels: i32,
    scale: i32,
    shift: i32,
    maximum: f32,
  ): void {
    const pixel = channels * FLOAT;
    const most = f32x4.splat(maximum);
    for (let item = begin; item < end; item++) {
      for (let y = 0; y < height; y++) {
        let from = input + item * inputItem + y * inputRow;
        let added = other + item * otherItem + y * otherRow;
        let to = output + item * outputItem + y * outputRow;
        for (let x = 0; x < width; x++) {
          Normalize.pixel(relu, adds, from, added, to, pixel, scale, shift, most);
          from += pixel;
          added += pixel;
          to += pixel;
        }
      }
    }
  }

  @inline
  static pixel(
    relu: bool,
    adds: bool,
    from: i32,
    added: i32,
    to: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
    most: v128,
  ): void {
    const zero = f32x4.splat(0);
    let c = 0;
    for (; c + CHANNELS <= pixel; c += CHANNELS) {
      const value0 = v128.load(from + c);
      const value1 = v128.load(from + c, VECTOR);
      const term0 = adds ? v128.load(added + c) : zero;
      const term1 = adds ? v128.load(added + c, VECTOR) : zero;
      Pair.store(
        to + c,
        Normalize.value(relu, adds, value0, term0, v128.load(scale + c), v128.load(shift + c), most),
        Normalize.value(
          relu,
          adds,
          value1,
          term1,
          v128.load(scale + c, VECTOR),
          v128.load(shift + c, VECTOR),
          most,
        ),
      );
    }
    if (c + VECTOR <= pixel) {
      const value = v128.load(from + c);
      const term = adds ? v128.load(added + c) : zero;
      v128.store(
        to + c,
        Normalize.value(relu, adds, value, term, v128.load(scale + c), v128.load(shift + c), most),
      );
      c += VECTOR;
    }
    for (; c < pixel; c += FLOAT) {
      const value = Lane.load(from + c);
      const term = adds ? Lane.load(added + c) : zero;
      Lane.store(
        to + c,
        Normalize.value(relu, adds, value, term, Lane.load(scale + c), Lane.load(shift + c), most),
      );
    }
  }

  @inline
  static value(relu: bool, adds: bool, value: v128, term: v128, scale: v128, shift: v128, most: v128): v128 {
    let sum = multiplyAdd(value, scale, shift);
    if (adds) sum = f32x4.add(sum, term);
    return relu ? f32x4.pmin(f32x4.pmax(sum, f32x4.splat(0)), most) : sum;
  }

  /** The gradient of the normalization's output. With `relu`, `grad` is that of ReLU's output, which is active between its bounds. */
  @inline
  static outputGrad(relu: bool, value: v128, grad: v128, scale: v128, shift: v128, most: v128): v128 {
    if (!relu) return grad;
    const normalized = multiplyAdd(value, scale, shift);
    const isActive = v128.and(f32x4.gt(normalized, f32x4.splat(0)), f32x4.lt(normalized, most));
    return v128.and(grad, isActive);
  }
}
