import { VECTOR } from './simd';
import { pointA, pointB } from './winogradPoints';
import { CHANNELS, Transform } from './winogradTransforms';

/*
 * Transformed data consists of planes, one for each position of a transformed tile, `plane` bytes apart. A plane is a matrix
 * `[tile, channel]`, a factor of a product. The channels must be multiples of eight. Pitches are in bytes.
 */

/**
 * `Bᵀ d B` of a row of tiles, which overlap by two pixels. Tiles that end beyond the last row or column repeat these: what they
 * contain affects discarded outputs only, but must not be larger than other values, because it does so by rounding errors too.
 *
 * @param size outputs of a tile, in each direction: 2 or 4
 * @param rows the remaining rows of the output; `width` is its number of columns
 * @param columns memory for the tiles' columns, after the first half of the transform
 */
export function transformInput(
  size: i32,
  input: i32,
  inputRow: i32,
  pixel: i32,
  rows: i32,
  width: i32,
  plane: i32,
  transformed: i32,
  columns: i32,
): void {
  const side = size + 2;
  const tiles = (width + size - 1) / size;
  const count = tiles * size + 2;
  const columnsRow = count * CHANNELS;
  const last = rows + 1;
  const row1 = inputRow;
  const row2 = 2 * inputRow;
  const row3 = min(3, last) * inputRow;
  const row4 = min(4, last) * inputRow;
  const row5 = min(5, last) * inputRow;
  const a = f32x4.splat(pointA);
  const b = f32x4.splat(pointB);
  const aa = f32x4.mul(a, a);
  const bb = f32x4.mul(b, b);
  const product = f32x4.mul(aa, bb);
  const sum = f32x4.add(aa, bb);
  for (let c = 0; c < pixel; c += CHANNELS) {
    for (let x = 0; x < count; x++) {
      const from = input + min(x, width + 1) * pixel + c;
      const to = columns + x * CHANNELS;
      if (size == 2) Transform.input2(from, from + row1, from + row2, from + row3, to, columnsRow);
      else
        Transform.input4(
          a,
          b,
          aa,
          bb,
          product,
          sum,
          from,
          from + row1,
          from + row2,
          from + row3,
          from + row4,
          from + row5,
          to,
          columnsRow,
        );
    }
    for (let row = 0; row < side; row++) {
      let from = columns + row * columnsRow;
      let to = transformed + row * side * plane + c;
      for (let tile = 0; tile < tiles; tile++) {
        const a2 = from + 2 * CHANNELS;
        const a4 = from + 4 * CHANNELS;
        if (size == 2) Transform.input2(from, from + CHANNELS, a2, a2 + CHANNELS, to, plane);
        else
          Transform.input4(
            a,
            b,
            aa,
            bb,
            product,
            sum,
            from,
            from + CHANNELS,
            a2,
            a2 + CHANNELS,
            a4,
            a4 + CHANNELS,
            to,
            plane,
          );
        from += size * CHANNELS;
        to += pixel;
      }
    }
  }
}

/**
 * `A y Aᵀ` of a row of 2×2 tiles of a gradient, with zeros beyond the last row and column of an odd one.
 *
 * @param block the bytes of a pixel that are transformed
 */
export function transformGrad(
  grad: i32,
  gradRow: i32,
  pixel: i32,
  block: i32,
  rows: i32,
  width: i32,
  plane: i32,
  transformed: i32,
): void {
  const zero = f32x4.splat(0);
  for (let x = 0; x < width; x += 2) {
    const hasRight = x + 1 < width;
    const hasBoth = rows > 1 && hasRight;
    for (let c = 0; c < block; c += CHANNELS) {
      const from = grad + x * pixel + c;
      const below = from + gradRow;
      const to = transformed + (x >> 1) * block + c;
      const y00 = v128.load(from);
      const z00 = v128.load(from, VECTOR);
      const y01 = hasRight ? v128.load(from + pixel) : zero;
      const z01 = hasRight ? v128.load(from + pixel, VECTOR) : zero;
      const y10 = rows > 1 ? v128.load(below) : zero;
      const z10 = rows > 1 ? v128.load(below, VECTOR) : zero;
      const y11 = hasBoth ? v128.load(below + pixel) : zero;
      const z11 = hasBoth ? v128.load(below + pixel, VECTOR) : zero;
      Transform.grad2(y00, z00, y01, z01, to, plane);
      Transform.grad2(
        f32x4.add(y00, y10),
        f32x4.add(z00, z10),
        f32x4.add(y01, y11),
        f32x4.add(z01, z11),
        to + 4 * plane,
        plane,
      );
      Transform.grad2(
        f32x4.sub(y00, y10),
        f32x4.sub(z00, z10),
        f32x4.sub(y01, y11),
        f32x4.sub(z01, z11),
        to + 8 * plane,
        plane,
      );
      Transform.grad2(f32x4.neg(y10), f32x4.neg(z10), f32x4.neg(y11), f32x4.neg(z11), to + 12 * plane, plane);
    }
  }
}
