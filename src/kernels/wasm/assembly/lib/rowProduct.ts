import { ZEROS } from './gemm';
import { CHANNELS, FLOAT, multiplyAdd, VECTOR } from './simd';

/** Rows of the matrix that are read at once, so that sums are loaded and stored less often. */
export const ROWS: i32 = 4;

/**
 * A row times a matrix, plus `initial`, with the same sums as products of more rows: chunks of terms, of which all but the first are
 * added up before they are added to C. Requires multiples of four terms and eight columns. It wins because it reads the matrix once and in
 * order, at the speed of the memory, whereas a tile reads a column of it, whose rows are in different pages.
 *
 * @param initial the address of the initial values, or `ZEROS`
 * @param row bytes of a row of the matrix, and of C
 * @param scratch as many bytes, for the sums of a chunk
 */
export function rowProduct(
  a: i32,
  terms: i32,
  chunk: i32,
  matrix: i32,
  initial: i32,
  c: i32,
  row: i32,
  scratch: i32,
): void {
  for (let first = 0; first < terms; first += chunk) {
    const sums = first > 0 ? scratch : c;
    if (first > 0 || initial == ZEROS) memory.fill(sums, 0, row);
    else memory.copy(sums, initial, row);
    const end = min(terms, first + chunk);
    for (let k = first; k < end; k += ROWS) addRows(a + k * FLOAT, matrix + k * row, sums, row);
    for (let at = 0; first > 0 && at < row; at += VECTOR) {
      v128.store(c + at, f32x4.add(v128.load(c + at), v128.load(sums + at)));
    }
  }
}

/** Adds four rows, each multiplied by its value, to the row `sums`. */
function addRows(values: i32, from: i32, sums: i32, row: i32): void {
  const value0 = v128.load32_splat(values);
  const value1 = v128.load32_splat(values, FLOAT);
  const value2 = v128.load32_splat(values, 2 * FLOAT);
  const value3 = v128.load32_splat(values, 3 * FLOAT);
  for (let column = 0; column < row; column += CHANNELS) {
    const to = sums + column;
    let at = from + column;
    let sum = multiplyAdd(value0, v128.load(at), v128.load(to));
    let next = multiplyAdd(value0, v128.load(at, VECTOR), v128.load(to, VECTOR));
    at += row;
    sum = multiplyAdd(value1, v128.load(at), sum);
    next = multiplyAdd(value1, v128.load(at, VECTOR), next);
    at += row;
    sum = multiplyAdd(value2, v128.load(at), sum);
    next = multiplyAdd(value2, v128.load(at, VECTOR), next);
    at += row;
    v128.store(to, multiplyAdd(value3, v128.load(at), sum));
    v128.store(to, multiplyAdd(value3, v128.load(at, VECTOR), next), VECTOR);
  }
}
