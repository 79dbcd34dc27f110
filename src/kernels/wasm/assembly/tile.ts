import { multiplyAdd, storeFirst, VECTOR } from './simd';

/*
 * The product under way, all in bytes but the two counts. Every worker has an instance of this module, and with it these
 * variables, of its own.
 */
let segments: i32;
let steps: i32;
export let aRow: i32;
let aStep: i32;
let aSegment: i32;
let bStep: i32;
let bSegment: i32;
export let initialRow: i32;
export let cRow: i32;

/** How A is stepped through: by row of C, by step and by segment of the sum. */
export function setA(row: i32, step: i32, segment: i32): void {
  aRow = row;
  aStep = step;
  aSegment = segment;
}

/** How B is stepped through, by step and by segment; its columns are contiguous. */
export function setB(step: i32, segment: i32): void {
  bStep = step;
  bSegment = segment;
}

/** How many terms each sum has: `segmentCount` runs of `stepCount`. */
export function setTerms(segmentCount: i32, stepCount: i32): void {
  segments = segmentCount;
  steps = stepCount;
}

/** How C is stepped through by row, and what its sums start from. */
export function setC(row: i32, rowOfInitial: i32): void {
  cRow = row;
  initialRow = rowOfInitial;
}

/**
 * The register tile that convolution, its two gradients and the linear layer share: `height` (1 to 6) rows of 8 columns of
 *
 *     C[i, n] = initial[i, n] + sum over s, k of A[i, s, k] · B[s, k, n]
 *
 * with A at `a + i·aRow + s·aSegment + k·aStep` and B at `b + s·bSegment + k·bStep + 4n`. Six rows keep 12 sums, 2
 * vectors of B and 1 value of A in the 16 vector registers of x86. `width` is 8, or 1 to 7 at the right edge, where the
 * vectors are read whole and only `width` columns are written.
 */
class Tile {
  @inline
  static ofHeight(height: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
    let sum00 = f32x4.splat(0);
    let sum01 = sum00;
    let sum10 = f32x4.splat(0);
    let sum11 = sum10;
    let sum20 = f32x4.splat(0);
    let sum21 = sum20;
    let sum30 = f32x4.splat(0);
    let sum31 = sum30;
    let sum40 = f32x4.splat(0);
    let sum41 = sum40;
    let sum50 = f32x4.splat(0);
    let sum51 = sum50;
    sum00 = v128.load(initial);
    sum01 = v128.load(initial, VECTOR);
    if (height > 1) {
      sum10 = v128.load(initial + 1 * initialRow);
      sum11 = v128.load(initial + 1 * initialRow, VECTOR);
    }
    if (height > 2) {
      sum20 = v128.load(initial + 2 * initialRow);
      sum21 = v128.load(initial + 2 * initialRow, VECTOR);
    }
    if (height > 3) {
      sum30 = v128.load(initial + 3 * initialRow);
      sum31 = v128.load(initial + 3 * initialRow, VECTOR);
    }
    if (height > 4) {
      sum40 = v128.load(initial + 4 * initialRow);
      sum41 = v128.load(initial + 4 * initialRow, VECTOR);
    }
    if (height > 5) {
      sum50 = v128.load(initial + 5 * initialRow);
      sum51 = v128.load(initial + 5 * initialRow, VECTOR);
    }
    const a1 = 1 * aRow;
    const a2 = 2 * aRow;
    const a3 = 3 * aRow;
    const a4 = 4 * aRow;
    const a5 = 5 * aRow;
    const stepA = aStep;
    const stepB = bStep;
    for (let s = segments; s > 0; s--) {
      let from = a;
      let weights = b;
      const end = b + steps * stepB;
      while (weights != end) {
        const low = v128.load(weights);
        const high = v128.load(weights, VECTOR);
        const value0 = v128.load32_splat(from);
        sum00 = multiplyAdd(value0, low, sum00);
        sum01 = multiplyAdd(value0, high, sum01);
        if (height > 1) {
          const value1 = v128.load32_splat(from + a1);
          sum10 = multiplyAdd(value1, low, sum10);
          sum11 = multiplyAdd(value1, high, sum11);
        }
        if (height > 2) {
          const value2 = v128.load32_splat(from + a2);
          sum20 = multiplyAdd(value2, low, sum20);
          sum21 = multiplyAdd(value2, high, sum21);
        }
        if (height > 3) {
          const value3 = v128.load32_splat(from + a3);
          sum30 = multiplyAdd(value3, low, sum30);
          sum31 = multiplyAdd(value3, high, sum31);
        }
        if (height > 4) {
          const value4 = v128.load32_splat(from + a4);
          sum40 = multiplyAdd(value4, low, sum40);
          sum41 = multiplyAdd(value4, high, sum41);
        }
        if (height > 5) {
          const value5 = v128.load32_splat(from + a5);
          sum50 = multiplyAdd(value5, low, sum50);
          sum51 = multiplyAdd(value5, high, sum51);
        }
        from += stepA;
        weights += stepB;
      }
      a += aSegment;
      b += bSegment;
    }
    Tile.store(c, sum00, sum01, width);
    if (height > 1) Tile.store(c + 1 * cRow, sum10, sum11, width);
    if (height > 2) Tile.store(c + 2 * cRow, sum20, sum21, width);
    if (height > 3) Tile.store(c + 3 * cRow, sum30, sum31, width);
    if (height > 4) Tile.store(c + 4 * cRow, sum40, sum41, width);
    if (height > 5) Tile.store(c + 5 * cRow, sum50, sum51, width);
  }

  @inline
  static store(c: i32, low: v128, high: v128, width: i32): void {
    if (width == 8) {
      v128.store(c, low);
      v128.store(c, high, VECTOR);
    } else {
      storeFirst(c, low, high, width);
    }
  }
}

/*
 * Each height is a function of its own, exported so that the compiler keeps it one: V8 finds better registers for small
 * flat functions than for one with all of them inside.
 */

export function tile1(a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.ofHeight(1, a, b, initial, c, width);
}

export function tile2(a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.ofHeight(2, a, b, initial, c, width);
}

export function tile3(a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.ofHeight(3, a, b, initial, c, width);
}

export function tile4(a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.ofHeight(4, a, b, initial, c, width);
}

export function tile5(a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.ofHeight(5, a, b, initial, c, width);
}

export function tile6(a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.ofHeight(6, a, b, initial, c, width);
}
