import { ZEROS } from '../gemm';
import { CHANNELS } from '../simd';
import { pointA, pointB } from './points';
import { across, fullAcross, fullAt, rowHeight, rowTop, shortAt, tileStart } from './tiles';
import { Transform } from './transforms';

/*
 * Transformed data consists of planes, one for each position of a transformed tile, `plane` bytes apart. A plane is a matrix
 * `[tile, channel]`, a factor of a product. The channels must be multiples of eight. Pitches are in bytes.
 *
 * The first half of a transform is computed for all channels of a row of tiles before the second half: a part of all channels of each pixel at
 * a time would read and write memory out of order.
 */

/**
 * `Bᵀ d B` of the current row of tiles, which overlap by two pixels. Tiles that end beyond the last row or column repeat these: what they
 * contain affects discarded outputs only, but must not be larger than other values, because it does so by rounding errors too.
 *
 * @param size outputs of a tile, in each direction: 2 or 4
 * @param input the address of the image's padding
 * @param height the rows of the output; `width` is its number of columns
 * @param transformed the first plane
 * @param columns memory for the tiles' columns, after the first half of the transform
 */
export function transformInput(
  size: i32,
  input: i32,
  inputRow: i32,
  pixel: i32,
  height: i32,
  width: i32,
  plane: i32,
  transformed: i32,
  columns: i32,
): void {
  const side = size + 2;
  const count = tileStart(across - 1, fullAcross, size) + side;
  const columnsRow = count * pixel;
  const last = height - rowTop + 1;
  const top = input + rowTop * inputRow;
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
  let column = columns;
  for (let x = 0; x < count; x++) {
    let from = top + min(x, width + 1) * pixel;
    for (const end = column + pixel; column < end; column += CHANNELS) {
      Transform.input(
        size,
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
        column,
        columnsRow,
      );
      from += CHANNELS;
    }
  }
  for (let row = 0; row < rowHeight + 2; row++) {
    const first = transformed + row * side * plane;
    let from = columns + row * columnsRow;
    let to = first + fullAt * pixel;
    let end = from + fullAcross * size * pixel;
    for (let outputs = size; outputs >= size - 1; outputs--) {
      while (from < end) {
        for (const next = from + pixel; from < next; from += CHANNELS) {
          const a2 = from + 2 * pixel;
          const a4 = from + 4 * pixel;
          Transform.input(
            size,
            a,
            b,
            aa,
            bb,
            product,
            sum,
            from,
            from + pixel,
            a2,
            a2 + pixel,
            a4,
            a4 + pixel,
            to,
            plane,
          );
          to += CHANNELS;
        }
        from += (outputs - 1) * pixel;
      }
      to = first + shortAt * pixel;
      end += (across - fullAcross) * (size - 1) * pixel;
    }
  }
}

/**
 * `A y Aᵀ` of the current row of tiles of a gradient, with zeros beyond the last row and column.
 *
 * @param block the bytes of a pixel that are transformed
 * @param columns memory for the tiles' columns, after the first half of the transform
 */
export function transformGrad(
  size: i32,
  grad: i32,
  gradRow: i32,
  pixel: i32,
  block: i32,
  height: i32,
  width: i32,
  plane: i32,
  transformed: i32,
  columns: i32,
): void {
  const side = size + 2;
  const count = tileStart(across - 1, fullAcross, size) + size;
  const columnsRow = count * block;
  const a = f32x4.splat(pointA);
  const b = f32x4.splat(pointB);
  const aa = f32x4.mul(a, a);
  const bb = f32x4.mul(b, b);
  const aaa = f32x4.mul(aa, a);
  const bbb = f32x4.mul(bb, b);
  const rows = min(rowHeight, height - rowTop);
  const top = grad + rowTop * gradRow;
  let column = columns;
  for (let x = 0; x < width; x++) {
    let a0 = top + x * pixel;
    for (const end = column + block; column < end; column += CHANNELS) {
      const a1 = rows > 1 ? a0 + gradRow : ZEROS;
      const a2 = rows > 2 ? a0 + 2 * gradRow : ZEROS;
      const a3 = rows > 3 ? a0 + 3 * gradRow : ZEROS;
      Transform.grad(size, a, b, aa, bb, aaa, bbb, a0, a1, a2, a3, column, columnsRow);
      a0 += CHANNELS;
    }
  }
  for (let row = 0; row < rowHeight + 2; row++) {
    const first = transformed + row * side * plane;
    let from = columns + row * columnsRow;
    let to = first + fullAt * block;
    if (width < count) memory.fill(from + width * block, 0, (count - width) * block);
    let end = from + fullAcross * size * block;
    for (let outputs = size; outputs >= size - 1; outputs--) {
      while (from < end) {
        for (const next = from + block; from < next; from += CHANNELS) {
          const a3 = outputs == size ? from + (size - 1) * block : ZEROS;
          const a1 = size == 2 ? a3 : from + block;
          Transform.grad(size, a, b, aa, bb, aaa, bbb, from, a1, from + 2 * block, a3, to, plane);
          to += CHANNELS;
        }
        from += (outputs - 1) * block;
      }
      to = first + shortAt * block;
      end += (across - fullAcross) * (size - 1) * block;
    }
  }
}
