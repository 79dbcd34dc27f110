import { VECTOR } from './simd';

/*
 * The transforms of Winograd's algorithm F(2×2, 3×3) in Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
 * 2015: a tile of 2×2 outputs `Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A` takes 16 multiplications, and the definition 36.
 *
 *          1  0 -1  0          1   0   0
 *     Bᵀ = 0  1  1  0     G =  ½   ½   ½     Aᵀ = 1  1  1  0
 *          0 -1  1  0          ½  -½   ½          0  1 -1 -1
 *          0  1  0 -1          0   0   1
 *
 * The gradient of the weight is the transpose: `Gᵀ [(A y Aᵀ) ⊙ (Bᵀ d B)] G`, where Gᵀ and G are applied once to the sum over all tiles.
 *
 * Transformed data consists of 16 planes, one for each position of a 4×4 tile, `plane` bytes apart. A plane is a matrix
 * `[tile, channel]`, a factor of a product. The channels must be multiples of four. Pitches are in bytes.
 */

/** The number of positions of a transformed tile. */
export const POSITIONS: i32 = 16;

class Store {
  /** Writes a row of a transformed input tile: the row times B. */
  @inline
  static input(to: i32, plane: i32, d0: v128, d1: v128, d2: v128, d3: v128): void {
    v128.store(to, f32x4.sub(d0, d2));
    v128.store(to + plane, f32x4.add(d1, d2));
    v128.store(to + 2 * plane, f32x4.sub(d2, d1));
    v128.store(to + 3 * plane, f32x4.sub(d1, d3));
  }

  /** Writes a row of a transformed gradient: the row times Aᵀ. */
  @inline
  static grad(to: i32, plane: i32, y0: v128, y1: v128): void {
    v128.store(to, y0);
    v128.store(to + plane, f32x4.add(y0, y1));
    v128.store(to + 2 * plane, f32x4.sub(y0, y1));
    v128.store(to + 3 * plane, f32x4.neg(y1));
  }
}

/**
 * `Bᵀ d B` of a row of tiles, which overlap by two pixels. Values beyond the last row and column of an odd output affect discarded
 * outputs only, so that any value will do.
 *
 * @param rows the remaining rows of the output; `width` is its number of columns
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

/**
 * `A y Aᵀ` of a row of tiles of a gradient, with zeros beyond the last row and column of an odd one.
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
    for (let c = 0; c < block; c += VECTOR) {
      const from = grad + x * pixel + c;
      const to = transformed + (x >> 1) * block + c;
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
