import { ZEROS } from './gemm';
import { multiplyAdd, VECTOR } from './simd';

/*
 * The transforms of Winograd's algorithm F(2×2, 3×3), of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * 2015: a tile of 2×2 outputs `Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A` takes 16 products where the definition takes 36.
 *
 *          1  0 -1  0          1   0   0
 *     Bᵀ = 0  1  1  0     G =  ½   ½   ½     Aᵀ = 1  1  1  0
 *          0 -1  1  0          ½  -½   ½          0  1 -1 -1
 *          0  1  0 -1          0   0   1
 *
 * The gradient of the weight is the transpose of that: `Gᵀ [(A y Aᵀ) ⊙ (Bᵀ d B)] G`, with one product of Gᵀ for all tiles.
 *
 * What is transformed lies as 16 planes, one for each place of a 4×4 tile, `plane` bytes apart, and a plane as `[tile, channel]`:
 * a matrix for a product. Channels come in fours. Pitches are in bytes.
 */

/** The 16 places of a transformed tile. */
export const PLACES: i32 = 16;

class Store {
  /** A row of a transformed input tile: that row times B. */
  @inline
  static input(to: i32, plane: i32, d0: v128, d1: v128, d2: v128, d3: v128): void {
    v128.store(to, f32x4.sub(d0, d2));
    v128.store(to + plane, f32x4.add(d1, d2));
    v128.store(to + 2 * plane, f32x4.sub(d2, d1));
    v128.store(to + 3 * plane, f32x4.sub(d1, d3));
  }

  /** A row of a transformed gradient: that row times Aᵀ. */
  @inline
  static grad(to: i32, plane: i32, y0: v128, y1: v128): void {
    v128.store(to, y0);
    v128.store(to + plane, f32x4.add(y0, y1));
    v128.store(to + 2 * plane, f32x4.sub(y0, y1));
    v128.store(to + 3 * plane, f32x4.neg(y1));
  }

  /** A row of a transformed weight: that row times Gᵀ. */
  @inline
  static weight(to: i32, plane: i32, g0: v128, g1: v128, g2: v128): void {
    const half = f32x4.splat(0.5);
    const ends = f32x4.add(g0, g2);
    v128.store(to, g0);
    v128.store(to + plane, f32x4.mul(half, f32x4.add(ends, g1)));
    v128.store(to + 2 * plane, f32x4.mul(half, f32x4.sub(ends, g1)));
    v128.store(to + 3 * plane, g2);
  }
}

/** `G g Gᵀ` of the vectors `begin` to `end` of a weight `[3, 3, inputs, outputs]`; `plane` bytes are one of its taps. */
export function winogradWeight(begin: i32, end: i32, weight: i32, plane: i32, transformed: i32): void {
  const half = f32x4.splat(0.5);
  const row = 3 * plane;
  for (let at = begin * VECTOR; at < end * VECTOR; at += VECTOR) {
    const g00 = v128.load(weight + at);
    const g01 = v128.load(weight + at + plane);
    const g02 = v128.load(weight + at + 2 * plane);
    const g10 = v128.load(weight + at + row);
    const g11 = v128.load(weight + at + row + plane);
    const g12 = v128.load(weight + at + row + 2 * plane);
    const g20 = v128.load(weight + at + 2 * row);
    const g21 = v128.load(weight + at + 2 * row + plane);
    const g22 = v128.load(weight + at + 2 * row + 2 * plane);
    const ends0 = f32x4.add(g00, g20);
    const ends1 = f32x4.add(g01, g21);
    const ends2 = f32x4.add(g02, g22);
    const to = transformed + at;
    Store.weight(to, plane, g00, g01, g02);
    Store.weight(
      to + 4 * plane,
      plane,
      f32x4.mul(half, f32x4.add(ends0, g10)),
      f32x4.mul(half, f32x4.add(ends1, g11)),
      f32x4.mul(half, f32x4.add(ends2, g12)),
    );
    Store.weight(
      to + 8 * plane,
      plane,
      f32x4.mul(half, f32x4.sub(ends0, g10)),
      f32x4.mul(half, f32x4.sub(ends1, g11)),
      f32x4.mul(half, f32x4.sub(ends2, g12)),
    );
    Store.weight(to + 12 * plane, plane, g20, g21, g22);
  }
}

/**
 * `Bᵀ d B` of a row of tiles, which overlap by two pixels. What lies beyond the last row and column of an odd output reaches no
 * output that is kept, so that any number may stand for it.
 *
 * @param rows of the output, from the tiles' first on; `width` its columns
 */
export function transformInput(
  input: i32,
  inputRow: i32,
  pixel: i32,
  rows: i32,
  width: i32,
  plane: i32,
  transformed: i32,
): void {
  const row2 = 2 * inputRow;
  const row3 = rows > 1 ? 3 * inputRow : row2;
  for (let c = 0; c < pixel; c += VECTOR) {
    let from = input + c;
    let to = transformed + c;
    let top = v128.load(from);
    let upper = v128.load(from + inputRow);
    let lower = v128.load(from + row2);
    let bottom = v128.load(from + row3);
    let d00 = f32x4.sub(top, lower);
    let d10 = f32x4.add(upper, lower);
    let d20 = f32x4.sub(lower, upper);
    let d30 = f32x4.sub(upper, bottom);
    from += pixel;
    top = v128.load(from);
    upper = v128.load(from + inputRow);
    lower = v128.load(from + row2);
    bottom = v128.load(from + row3);
    let d01 = f32x4.sub(top, lower);
    let d11 = f32x4.add(upper, lower);
    let d21 = f32x4.sub(lower, upper);
    let d31 = f32x4.sub(upper, bottom);
    for (let x = 0; x < width; x += 2) {
      from += pixel;
      top = v128.load(from);
      upper = v128.load(from + inputRow);
      lower = v128.load(from + row2);
      bottom = v128.load(from + row3);
      const d02 = f32x4.sub(top, lower);
      const d12 = f32x4.add(upper, lower);
      const d22 = f32x4.sub(lower, upper);
      const d32 = f32x4.sub(upper, bottom);
      if (x + 1 < width) from += pixel;
      top = v128.load(from);
      upper = v128.load(from + inputRow);
      lower = v128.load(from + row2);
      bottom = v128.load(from + row3);
      const d03 = f32x4.sub(top, lower);
      const d13 = f32x4.add(upper, lower);
      const d23 = f32x4.sub(lower, upper);
      const d33 = f32x4.sub(upper, bottom);
      Store.input(to, plane, d00, d01, d02, d03);
      Store.input(to + 4 * plane, plane, d10, d11, d12, d13);
      Store.input(to + 8 * plane, plane, d20, d21, d22, d23);
      Store.input(to + 12 * plane, plane, d30, d31, d32, d33);
      d00 = d02;
      d10 = d12;
      d20 = d22;
      d30 = d32;
      d01 = d03;
      d11 = d13;
      d21 = d23;
      d31 = d33;
      to += pixel;
    }
  }
}

/** `A y Aᵀ` of a row of tiles of a gradient; beyond the last row and column of an odd one are zeros. */
export function transformGrad(
  grad: i32,
  gradRow: i32,
  pixel: i32,
  rows: i32,
  width: i32,
  plane: i32,
  transformed: i32,
): void {
  const zero = f32x4.splat(0);
  for (let x = 0; x < width; x += 2) {
    const hasRight = x + 1 < width;
    for (let c = 0; c < pixel; c += VECTOR) {
      const from = grad + x * pixel + c;
      const to = transformed + (x >> 1) * pixel + c;
      const y00 = v128.load(from);
      const y01 = hasRight ? v128.load(from + pixel) : zero;
      const y10 = rows > 1 ? v128.load(from + gradRow) : zero;
      const y11 = rows > 1 && hasRight ? v128.load(from + gradRow + pixel) : zero;
      Store.grad(to, plane, y00, y01);
      Store.grad(to + 4 * plane, plane, f32x4.add(y00, y10), f32x4.add(y01, y11));
      Store.grad(to + 8 * plane, plane, f32x4.sub(y00, y10), f32x4.sub(y01, y11));
      Store.grad(to + 12 * plane, plane, f32x4.neg(y10), f32x4.neg(y11));
    }
  }
}

class Output {
  /**
   * `Aᵀ m A` of a row of tiles of products. Without pooling, a bias is added and four pixels are written; with it, the largest of
   * the four, scaled and shifted, is one pixel of the pooled image.
   */
  @inline
  static transform(
    pools: bool,
    products: i32,
    plane: i32,
    bias: i32,
    scale: i32,
    shift: i32,
    output: i32,
    outputRow: i32,
    pixel: i32,
    rows: i32,
    width: i32,
  ): void {
    for (let x = 0; x < width; x += 2) {
      const hasRight = x + 1 < width;
      for (let c = 0; c < pixel; c += VECTOR) {
        let at = products + (x >> 1) * pixel + c;
        let m0 = v128.load(at);
        let m1 = v128.load(at + 4 * plane);
        let m2 = v128.load(at + 8 * plane);
        let m3 = v128.load(at + 12 * plane);
        const top0 = f32x4.add(f32x4.add(m0, m1), m2);
        const bottom0 = f32x4.sub(f32x4.sub(m1, m2), m3);
        at += plane;
        m0 = v128.load(at);
        m1 = v128.load(at + 4 * plane);
        m2 = v128.load(at + 8 * plane);
        m3 = v128.load(at + 12 * plane);
        const top1 = f32x4.add(f32x4.add(m0, m1), m2);
        const bottom1 = f32x4.sub(f32x4.sub(m1, m2), m3);
        at += plane;
        m0 = v128.load(at);
        m1 = v128.load(at + 4 * plane);
        m2 = v128.load(at + 8 * plane);
        m3 = v128.load(at + 12 * plane);
        const top2 = f32x4.add(f32x4.add(m0, m1), m2);
        const bottom2 = f32x4.sub(f32x4.sub(m1, m2), m3);
        at += plane;
        m0 = v128.load(at);
        m1 = v128.load(at + 4 * plane);
        m2 = v128.load(at + 8 * plane);
        m3 = v128.load(at + 12 * plane);
        const top3 = f32x4.add(f32x4.add(m0, m1), m2);
        const bottom3 = f32x4.sub(f32x4.sub(m1, m2), m3);
        const topLeft = f32x4.add(f32x4.add(top0, top1), top2);
        const topRight = f32x4.sub(f32x4.sub(top1, top2), top3);
        const bottomLeft = f32x4.add(f32x4.add(bottom0, bottom1), bottom2);
        const bottomRight = f32x4.sub(f32x4.sub(bottom1, bottom2), bottom3);
        const biases = bias == ZEROS ? f32x4.splat(0) : v128.load(bias + c);
        if (pools) {
          const scales = v128.load(scale + c);
          const shifts = multiplyAdd(biases, scales, v128.load(shift + c));
          const top = f32x4.pmax(multiplyAdd(topLeft, scales, shifts), multiplyAdd(topRight, scales, shifts));
          const bottom = f32x4.pmax(
            multiplyAdd(bottomLeft, scales, shifts),
            multiplyAdd(bottomRight, scales, shifts),
          );
          v128.store(output + (x >> 1) * pixel + c, f32x4.pmax(f32x4.pmax(top, bottom), f32x4.splat(0)));
        } else {
          const to = output + x * pixel + c;
          v128.store(to, f32x4.add(topLeft, biases));
          if (hasRight) v128.store(to + pixel, f32x4.add(topRight, biases));
          if (rows > 1) v128.store(to + outputRow, f32x4.add(bottomLeft, biases));
          if (rows > 1 && hasRight) v128.store(to + outputRow + pixel, f32x4.add(bottomRight, biases));
        }
      }
    }
  }
}

/** A row of tiles of the output, its bias added; `rows` and `width` are what is left of the output. */
export function transformOutput(
  products: i32,
  plane: i32,
  bias: i32,
  output: i32,
  outputRow: i32,
  pixel: i32,
  rows: i32,
  width: i32,
): void {
  Output.transform(false, products, plane, bias, 0, 0, output, outputRow, pixel, rows, width);
}

/** `max(0, largest of output · scale + shift in each tile)`: a row of the pooled image; `width` is twice its own. */
export function transformAndPool(
  products: i32,
  plane: i32,
  bias: i32,
  scale: i32,
  shift: i32,
  output: i32,
  pixel: i32,
  width: i32,
): void {
  Output.transform(true, products, plane, bias, scale, shift, output, 0, pixel, 2, width);
}

/**
 * `Gᵀ s G` of the sums of all tiles, four weights at a time; the sums are overwritten.
 *
 * @param plane bytes of a tap, and of a place
 */
export function transformSums(sums: i32, plane: i32, weightGrad: i32): void {
  for (let at = 0; at < plane; at += VECTOR) {
    for (let column = 0; column < 4; column++) {
      const from = sums + column * plane + at;
      addThree(from, 4 * plane, from, 4 * plane);
    }
    for (let row = 0; row < 3; row++) {
      addThree(sums + 4 * row * plane + at, plane, weightGrad + 3 * row * plane + at, plane);
    }
  }
}

/** Gᵀ times four vectors, `step` bytes apart. */
function addThree(from: i32, step: i32, to: i32, toStep: i32): void {
  const half = f32x4.splat(0.5);
  const s0 = v128.load(from);
  const s1 = v128.load(from + step);
  const s2 = v128.load(from + 2 * step);
  const s3 = v128.load(from + 3 * step);
  const even = f32x4.mul(half, f32x4.add(s1, s2));
  v128.store(to, f32x4.add(s0, even));
  v128.store(to + toStep, f32x4.mul(half, f32x4.sub(s1, s2)));
  v128.store(to + 2 * toStep, f32x4.add(even, s3));
}
