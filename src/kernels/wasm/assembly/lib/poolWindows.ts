import { multiplyAdd, Pair, VECTOR } from './simd';

/*
 * Windows of 2×2 pixels in which normalized values are pooled: `length / pixel` neighboring ones, of eight (`isPair`) or four channels.
 */

/** Bytes of the pooled pixels that are completed before the next ones: with more, memory is read and written too far out of order. */
const CHUNK: i32 = 256;

/** The number of neighboring windows that are processed for one group of channels before the next, so that its scales are loaded once. */
export function windowsOf(pixel: i32): i32 {
  return max(1, CHUNK / pixel);
}

export class PoolWindows {
  @inline
  static pool(
    isPair: bool,
    from: i32,
    row: i32,
    to: i32,
    length: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
  ): void {
    const zero = f32x4.splat(0);
    const scale0 = v128.load(scale);
    const shift0 = v128.load(shift);
    const scale1 = isPair ? v128.load(scale, VECTOR) : zero;
    const shift1 = isPair ? v128.load(shift, VECTOR) : zero;
    for (const last = to + length; to != last; to += pixel) {
      const below = from + row;
      const maximum0 = PoolWindows.maximum(
        multiplyAdd(v128.load(from), scale0, shift0),
        multiplyAdd(v128.load(from + pixel), scale0, shift0),
        multiplyAdd(v128.load(below), scale0, shift0),
        multiplyAdd(v128.load(below + pixel), scale0, shift0),
      );
      if (isPair) {
        const maximum1 = PoolWindows.maximum(
          multiplyAdd(v128.load(from, VECTOR), scale1, shift1),
          multiplyAdd(v128.load(from + pixel, VECTOR), scale1, shift1),
          multiplyAdd(v128.load(below, VECTOR), scale1, shift1),
          multiplyAdd(v128.load(below + pixel, VECTOR), scale1, shift1),
        );
        Pair.store(to, f32x4.pmax(maximum0, zero), f32x4.pmax(maximum1, zero));
      } else v128.store(to, f32x4.pmax(maximum0, zero));
      from += 2 * pixel;
    }
  }

  @inline
  static maximum(z0: v128, z1: v128, z2: v128, z3: v128): v128 {
    return f32x4.pmax(f32x4.pmax(z0, z1), f32x4.pmax(z2, z3));
  }

  /** Adds the gradients that reach the windows' maxima to `sums`, and their products with the centered maxima to `products`. */
  @inline
  static addGrads(
    isPair: bool,
    from: i32,
    row: i32,
    grads: i32,
    length: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
    mean: i32,
    sums: i32,
    products: i32,
  ): void {
    const zero = f32x4.splat(0);
    const scale0 = v128.load(scale);
    const shift0 = v128.load(shift);
    const mean0 = v128.load(mean);
    const scale1 = isPair ? v128.load(scale, VECTOR) : zero;
    const shift1 = isPair ? v128.load(shift, VECTOR) : zero;
    const mean1 = isPair ? v128.load(mean, VECTOR) : zero;
    let sum0 = v128.load(sums);
    let product0 = v128.load(products);
    let sum1 = isPair ? v128.load(sums, VECTOR) : zero;
    let product1 = isPair ? v128.load(products, VECTOR) : zero;
    for (const last = grads + length; grads != last; grads += pixel) {
      const below = from + row;
      const x00 = v128.load(from);
      const x01 = v128.load(from + pixel);
      const x02 = v128.load(below);
      const x03 = v128.load(below + pixel);
      const z00 = multiplyAdd(x00, scale0, shift0);
      const z01 = multiplyAdd(x01, scale0, shift0);
      const z02 = multiplyAdd(x02, scale0, shift0);
      const z03 = multiplyAdd(x03, scale0, shift0);
      const maximum0 = PoolWindows.maximum(z00, z01, z02, z03);
      const grad0 = v128.and(v128.load(grads), f32x4.gt(maximum0, zero));
      const argument0 = PoolWindows.argument(maximum0, z00, z01, z02, x00, x01, x02, x03);
      sum0 = f32x4.add(sum0, grad0);
      product0 = multiplyAdd(grad0, f32x4.sub(argument0, mean0), product0);
      if (isPair) {
        const x10 = v128.load(from, VECTOR);
        const x11 = v128.load(from + pixel, VECTOR);
        const x12 = v128.load(below, VECTOR);
        const x13 = v128.load(below + pixel, VECTOR);
        const z10 = multiplyAdd(x10, scale1, shift1);
        const z11 = multiplyAdd(x11, scale1, shift1);
        const z12 = multiplyAdd(x12, scale1, shift1);
        const z13 = multiplyAdd(x13, scale1, shift1);
        const maximum1 = PoolWindows.maximum(z10, z11, z12, z13);
        const grad1 = v128.and(v128.load(grads, VECTOR), f32x4.gt(maximum1, zero));
        const argument1 = PoolWindows.argument(maximum1, z10, z11, z12, x10, x11, x12, x13);
        sum1 = f32x4.add(sum1, grad1);
        product1 = multiplyAdd(grad1, f32x4.sub(argument1, mean1), product1);
      }
      from += 2 * pixel;
    }
    if (isPair) {
      Pair.store(sums, sum0, sum1);
      Pair.store(products, product0, product1);
    } else {
      v128.store(sums, sum0);
      v128.store(products, product0);
    }
  }

  /** The first of the values x whose normalized value z is the maximum. */
  @inline
  static argument(maximum: v128, z0: v128, z1: v128, z2: v128, x0: v128, x1: v128, x2: v128, x3: v128): v128 {
    const fromTwo = v128.bitselect(x2, x3, f32x4.eq(z2, maximum));
    const fromOne = v128.bitselect(x1, fromTwo, f32x4.eq(z1, maximum));
    return v128.bitselect(x0, fromOne, f32x4.eq(z0, maximum));
  }

  /** The gradients of all four pixels of the windows; the first maximum receives that of the pooled pixel. */
  @inline
  static inputGrads(
    isPair: bool,
    from: i32,
    row: i32,
    grads: i32,
    to: i32,
    toRow: i32,
    length: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
    a: i32,
    b: i32,
    constant: i32,
  ): void {
    const zero = f32x4.splat(0);
    const scale0 = v128.load(scale);
    const shift0 = v128.load(shift);
    const a0 = v128.load(a);
    const b0 = v128.load(b);
    const c0 = v128.load(constant);
    const scale1 = isPair ? v128.load(scale, VECTOR) : zero;
    const shift1 = isPair ? v128.load(shift, VECTOR) : zero;
    const a1 = isPair ? v128.load(a, VECTOR) : zero;
    const b1 = isPair ? v128.load(b, VECTOR) : zero;
    const c1 = isPair ? v128.load(constant, VECTOR) : zero;
    for (const last = grads + length; grads != last; grads += pixel) {
      const below = from + row;
      const toBelow = to + toRow;
      const x00 = v128.load(from);
      const x01 = v128.load(from + pixel);
      const x02 = v128.load(below);
      const x03 = v128.load(below + pixel);
      const z00 = multiplyAdd(x00, scale0, shift0);
      const z01 = multiplyAdd(x01, scale0, shift0);
      const z02 = multiplyAdd(x02, scale0, shift0);
      const z03 = multiplyAdd(x03, scale0, shift0);
      const maximum0 = PoolWindows.maximum(z00, z01, z02, z03);
      const grad0 = f32x4.mul(a0, v128.and(v128.load(grads), f32x4.gt(maximum0, zero)));
      const is00 = f32x4.eq(z00, maximum0);
      const left01 = v128.andnot(grad0, is00);
      const is01 = f32x4.eq(z01, maximum0);
      const left02 = v128.andnot(left01, is01);
      const is02 = f32x4.eq(z02, maximum0);
      const result00 = f32x4.add(v128.and(grad0, is00), multiplyAdd(b0, x00, c0));
      const result01 = f32x4.add(v128.and(left01, is01), multiplyAdd(b0, x01, c0));
      const result02 = f32x4.add(v128.and(left02, is02), multiplyAdd(b0, x02, c0));
      const result03 = f32x4.add(v128.andnot(left02, is02), multiplyAdd(b0, x03, c0));
      if (isPair) {
        const x10 = v128.load(from, VECTOR);
        const x11 = v128.load(from + pixel, VECTOR);
        const x12 = v128.load(below, VECTOR);
        const x13 = v128.load(below + pixel, VECTOR);
        const z10 = multiplyAdd(x10, scale1, shift1);
        const z11 = multiplyAdd(x11, scale1, shift1);
        const z12 = multiplyAdd(x12, scale1, shift1);
        const z13 = multiplyAdd(x13, scale1, shift1);
        const maximum1 = PoolWindows.maximum(z10, z11, z12, z13);
        const grad1 = f32x4.mul(a1, v128.and(v128.load(grads, VECTOR), f32x4.gt(maximum1, zero)));
        const is10 = f32x4.eq(z10, maximum1);
        const left11 = v128.andnot(grad1, is10);
        const is11 = f32x4.eq(z11, maximum1);
        const left12 = v128.andnot(left11, is11);
        const is12 = f32x4.eq(z12, maximum1);
        const result10 = f32x4.add(v128.and(grad1, is10), multiplyAdd(b1, x10, c1));
        const result11 = f32x4.add(v128.and(left11, is11), multiplyAdd(b1, x11, c1));
        const result12 = f32x4.add(v128.and(left12, is12), multiplyAdd(b1, x12, c1));
        const result13 = f32x4.add(v128.andnot(left12, is12), multiplyAdd(b1, x13, c1));
        Pair.store(to, result00, result10);
        Pair.store(to + pixel, result01, result11);
        Pair.store(toBelow, result02, result12);
        Pair.store(toBelow + pixel, result03, result13);
      } else {
        v128.store(to, result00);
        v128.store(to + pixel, result01);
        v128.store(toBelow, result02);
        v128.store(toBelow + pixel, result03);
      }
      from += 2 * pixel;
      to += 2 * pixel;
    }
  }
}
