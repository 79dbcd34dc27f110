import { initialAt } from '../gemm';
import { CHANNELS, multiplyAdd, Pair, VECTOR } from '../simd';
import { factorOf, firstFactor, half, pointA, pointB } from './points';
import { OutputTransform } from './outputTransforms';
import { WeightTransform } from './weightTransforms';

class Tile {
  /**
   * `Aᵀ m A` plus a bias, from `minimum` to `maximum` if `bounds` is true, from the products of a tile, of eight channels. `middle` is memory for
   * the result of `Aᵀ m`.
   */
  @inline
  static transform(
    size: i32,
    products: i32,
    plane: i32,
    bias0: v128,
    bias1: v128,
    bounds: bool,
    minimum: v128,
    maximum: v128,
    middle: i32,
    to: i32,
    row: i32,
    pixel: i32,
  ): void {
    const zero = f32x4.splat(0);
    const side = size + 2;
    const a = f32x4.splat(pointA);
    const b = f32x4.splat(pointB);
    const aa = f32x4.mul(a, a);
    const bb = f32x4.mul(b, b);
    const aaa = f32x4.mul(aa, a);
    const bbb = f32x4.mul(bb, b);
    const middleRow = side * CHANNELS;
    for (let j = 0; j < side; j++) {
      const from = products + j * plane;
      const to = middle + j * CHANNELS;
      OutputTransform.output(
        size,
        a,
        b,
        aa,
        bb,
        aaa,
        bbb,
        from,
        side * plane,
        to,
        middleRow,
        zero,
        zero,
        false,
        zero,
        zero,
      );
    }
    for (let i = 0; i < size; i++) {
      const from = middle + i * middleRow;
      OutputTransform.output(
        size,
        a,
        b,
        aa,
        bb,
        aaa,
        bbb,
        from,
        CHANNELS,
        to + i * row,
        pixel,
        bias0,
        bias1,
        bounds,
        minimum,
        maximum,
      );
    }
  }

  /** The maximum of `value · scale + shift` of two neighbors in each of two rows, and of zero. */
  @inline
  static pool(from: i32, row: i32, scale: v128, shift: v128): v128 {
    const above = f32x4.pmax(
      multiplyAdd(v128.load(from), scale, shift),
      multiplyAdd(v128.load(from + CHANNELS), scale, shift),
    );
    const below = f32x4.pmax(
      multiplyAdd(v128.load(from + row), scale, shift),
      multiplyAdd(v128.load(from + row + CHANNELS), scale, shift),
    );
    return f32x4.pmax(f32x4.pmax(above, below), f32x4.splat(0));
  }
}

/**
 * Writes a row of tiles of the output.
 *
 * @param size outputs of a tile, in each direction: 2 or 4
 * @param minimum the lower bound of the output, and `maximum` the upper one
 * @param rows the remaining rows of the output; `width` is its number of columns
 * @param spare memory for a tile and for half of its transform
 */
export function transformOutput(
  size: i32,
  products: i32,
  plane: i32,
  bias: i32,
  minimum: f32,
  maximum: f32,
  output: i32,
  outputRow: i32,
  pixel: i32,
  rows: i32,
  width: i32,
  spare: i32,
): void {
  const least = f32x4.splat(minimum);
  const most = f32x4.splat(maximum);
  const tileRow = size * CHANNELS;
  const middle = spare + size * tileRow;
  for (let x = 0; x < width; x += size) {
    const isComplete = rows >= size && x + size <= width;
    for (let c = 0; c < pixel; c += CHANNELS) {
      // V8 combines a pair of vectors if a condition selects their address, but not if it selects the vectors.
      const biasAt = initialAt(bias, c);
      const bias0 = v128.load(biasAt);
      const bias1 = v128.load(biasAt, VECTOR);
      const from = products + (x / size) * pixel + c;
      const to = output + x * pixel + c;
      if (isComplete) {
        Tile.transform(size, from, plane, bias0, bias1, true, least, most, middle, to, outputRow, pixel);
        continue;
      }
      Tile.transform(size, from, plane, bias0, bias1, true, least, most, middle, spare, tileRow, CHANNELS);
      for (let i = 0; i < min(size, rows); i++) {
        for (let j = 0; j < min(size, width - x); j++) {
          const at = spare + i * tileRow + j * CHANNELS;
          Pair.store(to + i * outputRow + j * pixel, v128.load(at), v128.load(at, VECTOR));
        }
      }
    }
  }
}

/**
 * Writes the rows of the pooled image that a row of tiles covers: `max(0, maximum of output · scale + shift in each 2×2 window)`.
 *
 * @param rows the remaining rows of the convolution's output; `width` is its number of columns; both are even
 */
export function transformAndPool(
  size: i32,
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
  spare: i32,
): void {
  const zero = f32x4.splat(0);
  const tileRow = size * CHANNELS;
  const middle = spare + size * tileRow;
  for (let x = 0; x < width; x += size) {
    for (let c = 0; c < pixel; c += CHANNELS) {
      Tile.transform(
        size,
        products + (x / size) * pixel + c,
        plane,
        zero,
        zero,
        false,
        zero,
        zero,
        middle,
        spare,
        tileRow,
        CHANNELS,
      );
      for (let lane = 0; lane < CHANNELS; lane += VECTOR) {
        const at = c + lane;
        const scales = v128.load(scale + at);
        const biases = v128.load(initialAt(bias, at));
        const shifts = multiplyAdd(biases, scales, v128.load(shift + at));
        for (let i = 0; i < min(size, rows); i += 2) {
          for (let j = 0; j < min(size, width - x); j += 2) {
            const window = spare + i * tileRow + j * CHANNELS + lane;
            const to = output + (i >> 1) * outputRow + ((x + j) >> 1) * pixel + at;
            v128.store(to, Tile.pool(window, tileRow, scales, shifts));
          }
        }
      }
    }
  }
}

/**
 * `Gᵀ s G` of the sums of all tiles: matrices of `rows` rows of `block` bytes, one for each position, `plane` bytes apart. The result is a
 * block of columns of the weights, whose rows are `pixel` bytes apart.
 *
 * @param size outputs of a tile, in each direction: 2 or 4
 */
export function transformSums(
  size: i32,
  sums: i32,
  plane: i32,
  rows: i32,
  block: i32,
  weightGrad: i32,
  pixel: i32,
): void {
  const tap = rows * pixel;
  const side = size + 2;
  const step = side * plane;
  const halves = f32x4.splat(half);
  const a = f32x4.splat(pointA);
  const b = f32x4.splat(pointB);
  const aa = f32x4.mul(a, a);
  const bb = f32x4.mul(b, b);
  const first = f32x4.splat(firstFactor());
  const factorA = f32x4.splat(factorOf(pointA, pointB));
  const factorB = f32x4.splat(factorOf(pointB, pointA));
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < block; c += CHANNELS) {
      const from = sums + row * block + c;
      const to = weightGrad + row * pixel + c;
      for (let column = 0; column < side; column++) {
        const at = from + column * plane;
        WeightTransform.sums(size, halves, a, b, aa, bb, first, factorA, factorB, at, step, at, step);
      }
      for (let ky = 0; ky < 3; ky++) {
        const at = from + ky * step;
        WeightTransform.sums(
          size,
          halves,
          a,
          b,
          aa,
          bb,
          first,
          factorA,
          factorB,
          at,
          plane,
          to + 3 * ky * tap,
          tap,
        );
      }
    }
  }
}
