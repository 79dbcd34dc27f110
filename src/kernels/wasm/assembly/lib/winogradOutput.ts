import { ZEROS } from './gemm';
import { multiplyAdd, VECTOR } from './simd';

class Output {
  /**
   * `Aᵀ m A` of a row of tiles of products. Without pooling, the bias is added and four pixels are written; with pooling, the maximum of
   * the four, scaled and shifted, becomes one pixel of the pooled image.
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

/** Writes a row of tiles of the output, including the bias; `rows` are the remaining rows of the output, `width` its columns. */
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

/** Writes a row of the pooled image, `max(0, maximum of output · scale + shift in each tile)`; `width` is twice its width. */
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
 * `Gᵀ s G` of the sums of all tiles: matrices of `rows` rows of `block` bytes, one for each position, `plane` bytes apart. The result is a
 * block of columns of the weights, whose rows are `pixel` bytes apart.
 */
export function transformSums(
  sums: i32,
  plane: i32,
  rows: i32,
  block: i32,
  weightGrad: i32,
  pixel: i32,
): void {
  const tap = rows * pixel;
  const plane4 = 4 * plane;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < block; c += VECTOR) {
      let from = sums + row * block + c;
      const to = weightGrad + row * pixel + c;
      for (let column = 0; column < 4; column++) {
        addThree(from, plane4, from, plane4);
        from += plane;
      }
      from -= plane4;
      for (let ky = 0; ky < 3; ky++) addThree(from + ky * plane4, plane, to + 3 * ky * tap, tap);
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
