import { bounded, CHANNELS, multiplyAdd, storeFirst, UNBOUNDED, UNBOUNDED_ABOVE, VECTOR } from './simd';

/**
 * The maximum number of rows of a tile, 1 to 6, which the host sets according to its registers: sixteen registers of 128 bits hold two
 * rows of four vectors and their factors; hosts that combine adjacent vectors into 256 bits have room for six rows. Some gradients of
 * normalizations depend on it as well, see `pairedBytes`. It does not affect any result.
 */
export let tileHeight: i32 = 2;

/**
 * The bytes of a pixel's channels that are processed in pairs of vectors by kernels for which hosts with low tiles have too few
 * registers.
 */
export function pairedBytes(pixel: i32): i32 {
  return tileHeight > 2 ? pixel & ~(CHANNELS - 1) : 0;
}

/** Columns of a tile. */
export const TILE_WIDTH: i32 = 16;
/** Bytes of a row of a panel, which has as many columns as a tile. */
export const PANEL: i32 = TILE_WIDTH * 4;

/*
 * The layout of the current product, in bytes except for the two counts. Each worker has its own instance of this module, and
 * therefore its own copy of these variables.
 */
let segments: i32;
let steps: i32;
export let aRow: i32;
let aStep: i32;
let aSegment: i32;
let bStep: i32;
let bSegment: i32;
export let bPanel: i32;
export let cRow: i32;
let addsToC: bool;
let lowerBound: f32;
let upperBound: f32;

/** Sets the pitches of A: per row of C, per step and per segment of the sum. */
export function setA(row: i32, step: i32, segment: i32): void {
  aRow = row;
  aStep = step;
  aSegment = segment;
}

/** Sets the pitches of B: per step and per segment; its columns are contiguous. */
export function setB(step: i32, segment: i32): void {
  bStep = step;
  bSegment = segment;
  bPanel = PANEL;
}

/** B of a single segment, stored as panels of sixteen columns, `panel` bytes apart, so that a tile reads it in order. */
export function setBPanels(panel: i32): void {
  bStep = PANEL;
  bSegment = 0;
  bPanel = panel;
}

/** Sets the number of terms of each sum: `segmentCount` segments of `stepCount` steps, at least 1. */
export function setTerms(segmentCount: i32, stepCount: i32): void {
  segments = segmentCount;
  steps = stepCount;
}

/** Sets the pitch of C's rows, and whether the product is added to C or replaces it; it has no bounds. */
export function setC(row: i32, addsTo: bool): void {
  cRow = row;
  addsToC = addsTo;
  lowerBound = UNBOUNDED;
  upperBound = UNBOUNDED_ABOVE;
}

/** Sets the bounds of C after `setC`; NaN stays NaN. */
export function setBounds(minimum: f32, maximum: f32): void {
  lowerBound = minimum;
  upperBound = maximum;
}

/**
 * The register tile that convolution, its two gradients and the linear layer share: `height` (1 to 6) rows of 16 columns of
 *
 *     C[i, n] = initial[n] + sum over s, k of A[i, s, k] · B[s, k, n]
 *
 * or this sum added to C, which has smaller rounding errors than continuing the sums from product to product. A lies at
 * `a + i·aRow + s·aSegment + k·aStep`, B at `b + s·bSegment + k·bStep + 4n`. `width` is 16, or 1 to 15 at the right edge,
 * where whole vectors are read and only `width` columns are written.
 *
 * `count` tiles are made one below the other: with few terms a sum, a call for each would take as long as its products.
 */
class Tile {
  @inline
  static below(height: i32, count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
    const rowA = aRow;
    const rowC = cRow;
    const stepA = aStep;
    const stepB = bStep;
    const segmentA = aSegment;
    const segmentB = bSegment;
    const length = steps * stepB;
    const segmentCount = segments;
    const a1 = 1 * rowA;
    const a2 = 2 * rowA;
    const a3 = 3 * rowA;
    const a4 = 4 * rowA;
    const a5 = 5 * rowA;
    const nextA = height * rowA;
    const nextC = height * rowC;
    const least = f32x4.splat(lowerBound);
    const most = f32x4.splat(upperBound);
    for (let t = count; t > 0; t--) {
      let fromA = a;
      let fromB = b;
      let sum00 = v128.load(initial);
      let sum01 = v128.load(initial, VECTOR);
      let sum02 = v128.load(initial, 2 * VECTOR);
      let sum03 = v128.load(initial, 3 * VECTOR);
      let sum10 = sum00;
      let sum11 = sum01;
      let sum12 = sum02;
      let sum13 = sum03;
      let sum20 = sum00;
      let sum21 = sum01;
      let sum22 = sum02;
      let sum23 = sum03;
      let sum30 = sum00;
      let sum31 = sum01;
      let sum32 = sum02;
      let sum33 = sum03;
      let sum40 = sum00;
      let sum41 = sum01;
      let sum42 = sum02;
      let sum43 = sum03;
      let sum50 = sum00;
      let sum51 = sum01;
      let sum52 = sum02;
      let sum53 = sum03;
      for (let s = segmentCount; s > 0; s--) {
        let from = fromA;
        let weights = fromB;
        const end = fromB + length;
        while (weights != end) {
          const weights0 = v128.load(weights);
          const weights1 = v128.load(weights, VECTOR);
          const weights2 = v128.load(weights, 2 * VECTOR);
          const weights3 = v128.load(weights, 3 * VECTOR);
          const value0 = v128.load32_splat(from);
          sum00 = multiplyAdd(value0, weights0, sum00);
          sum01 = multiplyAdd(value0, weights1, sum01);
          sum02 = multiplyAdd(value0, weights2, sum02);
          sum03 = multiplyAdd(value0, weights3, sum03);
          if (height > 1) {
            const value1 = v128.load32_splat(from + a1);
            sum10 = multiplyAdd(value1, weights0, sum10);
            sum11 = multiplyAdd(value1, weights1, sum11);
            sum12 = multiplyAdd(value1, weights2, sum12);
            sum13 = multiplyAdd(value1, weights3, sum13);
          }
          if (height > 2) {
            const value2 = v128.load32_splat(from + a2);
            sum20 = multiplyAdd(value2, weights0, sum20);
            sum21 = multiplyAdd(value2, weights1, sum21);
            sum22 = multiplyAdd(value2, weights2, sum22);
            sum23 = multiplyAdd(value2, weights3, sum23);
          }
          if (height > 3) {
            const value3 = v128.load32_splat(from + a3);
            sum30 = multiplyAdd(value3, weights0, sum30);
            sum31 = multiplyAdd(value3, weights1, sum31);
            sum32 = multiplyAdd(value3, weights2, sum32);
            sum33 = multiplyAdd(value3, weights3, sum33);
          }
          if (height > 4) {
            const value4 = v128.load32_splat(from + a4);
            sum40 = multiplyAdd(value4, weights0, sum40);
            sum41 = multiplyAdd(value4, weights1, sum41);
            sum42 = multiplyAdd(value4, weights2, sum42);
            sum43 = multiplyAdd(value4, weights3, sum43);
          }
          if (height > 5) {
            const value5 = v128.load32_splat(from + a5);
            sum50 = multiplyAdd(value5, weights0, sum50);
            sum51 = multiplyAdd(value5, weights1, sum51);
            sum52 = multiplyAdd(value5, weights2, sum52);
            sum53 = multiplyAdd(value5, weights3, sum53);
          }
          from += stepA;
          weights += stepB;
        }
        fromA += segmentA;
        fromB += segmentB;
      }
      Tile.store(c, sum00, sum01, sum02, sum03, width, least, most);
      if (height > 1) Tile.store(c + 1 * rowC, sum10, sum11, sum12, sum13, width, least, most);
      if (height > 2) Tile.store(c + 2 * rowC, sum20, sum21, sum22, sum23, width, least, most);
      if (height > 3) Tile.store(c + 3 * rowC, sum30, sum31, sum32, sum33, width, least, most);
      if (height > 4) Tile.store(c + 4 * rowC, sum40, sum41, sum42, sum43, width, least, most);
      if (height > 5) Tile.store(c + 5 * rowC, sum50, sum51, sum52, sum53, width, least, most);
      a += nextA;
      c += nextC;
    }
  }

  @inline
  static store(
    c: i32,
    sum0: v128,
    sum1: v128,
    sum2: v128,
    sum3: v128,
    width: i32,
    least: v128,
    most: v128,
  ): void {
    if (addsToC) {
      sum0 = f32x4.add(v128.load(c), sum0);
      sum1 = f32x4.add(v128.load(c, VECTOR), sum1);
      sum2 = f32x4.add(v128.load(c, 2 * VECTOR), sum2);
      sum3 = f32x4.add(v128.load(c, 3 * VECTOR), sum3);
    }
    sum0 = bounded(sum0, least, most);
    sum1 = bounded(sum1, least, most);
    sum2 = bounded(sum2, least, most);
    sum3 = bounded(sum3, least, most);
    if (width == TILE_WIDTH) {
      v128.store(c, sum0);
      v128.store(c, sum1, VECTOR);
      v128.store(c, sum2, 2 * VECTOR);
      v128.store(c, sum3, 3 * VECTOR);
    } else {
      storeFirst(c, sum0, sum1, sum2, sum3, width);
    }
  }
}

/*
 * Each height is a separate function, exported so that the compiler does not inline it: V8 allocates registers better for small, flat
 * functions than for one that contains all of them.
 */

export function tiles1(count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.below(1, count, a, b, initial, c, width);
}

export function tiles2(count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.below(2, count, a, b, initial, c, width);
}

export function tiles3(count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.below(3, count, a, b, initial, c, width);
}

export function tiles4(count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.below(4, count, a, b, initial, c, width);
}

export function tiles5(count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.below(5, count, a, b, initial, c, width);
}

export function tiles6(count: i32, a: i32, b: i32, initial: i32, c: i32, width: i32): void {
  Tile.below(6, count, a, b, initial, c, width);
}
