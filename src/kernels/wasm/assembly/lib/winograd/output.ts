import { initialAt, ZEROS } from '../gemm';
import { CHANNELS, multiplyAdd, Pair, UNBOUNDED, UNBOUNDED_ABOVE, VECTOR } from '../simd';
import { factorOf, firstFactor, half, pointA, pointB } from './points';
import { OutputTransform } from './outputTransforms';
import { across, fullAcross, fullAt, rowTop, shortAt, tileStart } from './tiles';
import { WeightTransform } from './weightTransforms';

class Tile {
  /** Copies eight channels of a tile. */
  @inline
  static copy(height: i32, width: i32, from: i32, fromRow: i32, to: i32, row: i32, pixel: i32): void {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const at = from + i * fromRow + j * CHANNELS;
        Pair.store(to + i * row + j * pixel, v128.load(at), v128.load(at, VECTOR));
      }
    }
  }

  /** Pools eight channels of a tile, of which `c` is the first. */
  @inline
  static pool(
    height: i32,
    width: i32,
    from: i32,
    fromRow: i32,
    bias: i32,
    scale: i32,
    shift: i32,
    c: i32,
    to: i32,
    row: i32,
    pixel: i32,
  ): void {
    for (let lane = 0; lane < CHANNELS; lane += VECTOR) {
      const at = c + lane;
      const scales = v128.load(scale + at);
      const biases = v128.load(initialAt(bias, at));
      const shifts = multiplyAdd(biases, scales, v128.load(shift + at));
      for (let i = 0; i < height; i += 2) {
        for (let j = 0; j < width; j += 2) {
          const window = from + i * fromRow + j * CHANNELS + lane;
          const pooled = Tile.maximum(window, fromRow, scales, shifts);
          v128.store(to + (i >> 1) * row + (j >> 1) * pixel + at, pooled);
        }
      }
    }
  }

  /** The maximum of `value · scale + shift` of two neighbors in each of two rows, and of zero. */
  @inline
  static maximum(from: i32, row: i32, scale: v128, shift: v128): v128 {
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
 * Writes the current row of tiles of the output or, if `pools` is true, the rows of the pooled image that it covers: `max(0, maximum of output ·
 * scale + shift in each 2×2 window)`. Where a tile is short, the tile after it overwrites what does not belong to it. The first half of the
 * transform is computed for all tiles of the row before the second half, so that a few planes at a time are read in order.
 *
 * @param size outputs of a tile, in each direction: 2 or 4
 * @param products the first plane
 * @param minimum the lower bound of the output, and `maximum` the upper one
 * @param height the rows of the convolution's output; `width` is its number of columns; both are even, if `pools` is true
 * @param spare memory for eight channels of a tile, and then for half of the transform of the row of tiles
 */
export function transformOutput(
  pools: bool,
  size: i32,
  products: i32,
  plane: i32,
  bias: i32,
  scale: i32,
  shift: i32,
  minimum: f32,
  maximum: f32,
  output: i32,
  outputRow: i32,
  pixel: i32,
  height: i32,
  width: i32,
  spare: i32,
): void {
  const bounds = !pools && (minimum > UNBOUNDED || maximum < UNBOUNDED_ABOVE);
  const least = f32x4.splat(minimum);
  const most = f32x4.splat(maximum);
  const zero = f32x4.splat(0);
  const a = f32x4.splat(pointA);
  const b = f32x4.splat(pointB);
  const aa = f32x4.mul(a, a);
  const bb = f32x4.mul(b, b);
  const aaa = f32x4.mul(aa, a);
  const bbb = f32x4.mul(bb, b);
  const side = size + 2;
  const tileRow = size * CHANNELS;
  const middle = spare + size * tileRow;
  const column = across * pixel;
  const middleRow = side * column;
  const fullBytes = fullAcross * pixel;
  for (let j = 0; j < side; j++) {
    const first = products + j * plane;
    let from = first + fullAt * pixel;
    let to = middle + j * column;
    let end = to + fullBytes;
    for (let isShort = 0; isShort < 2; isShort++) {
      for (; to < end; to += CHANNELS) {
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
        from += CHANNELS;
      }
      from = first + shortAt * pixel;
      end += column - fullBytes;
    }
  }
  const rows = height - rowTop;
  const down = min(size, rows);
  // Pooling adds the bias.
  const initial = pools ? ZEROS : bias;
  let from = middle;
  for (let tile = 0; tile < across; tile++) {
    const x = tileStart(tile, fullAcross, size);
    const right = min(size, width - x);
    const isDirect = !pools && down + right == 2 * size;
    const to = output + (pools ? x >> 1 : x) * pixel;
    const row = isDirect ? outputRow : tileRow;
    const next = isDirect ? pixel : CHANNELS;
    for (let c = 0; c < pixel; c += CHANNELS) {
      // V8 combines a pair of vectors if a condition selects their address, but not if it selects the vectors.
      const biasAt = initialAt(initial, c);
      const bias0 = v128.load(biasAt);
      const bias1 = v128.load(biasAt, VECTOR);
      const at = isDirect ? to + c : spare;
      for (let i = 0; i < size; i++) {
        const line = from + i * middleRow;
        const lineTo = at + i * row;
        if (bounds) {
          OutputTransform.output(
            size,
            a,
            b,
            aa,
            bb,
            aaa,
            bbb,
            line,
            column,
            lineTo,
            next,
            bias0,
            bias1,
            true,
            least,
            most,
          );
        } else {
          OutputTransform.output(
            size,
            a,
            b,
            aa,
            bb,
            aaa,
            bbb,
            line,
            column,
            lineTo,
            next,
            bias0,
            bias1,
            false,
            least,
            most,
          );
        }
      }
      from += CHANNELS;
      if (isDirect) continue;
      if (pools) Tile.pool(down, right, spare, tileRow, bias, scale, shift, c, to, outputRow, pixel);
      else Tile.copy(down, right, spare, tileRow, to + c, outputRow, pixel);
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
