import { FLOAT } from './simd';

/** Sets the columns `first` to `last` of `rows` rows of floats, `row` bytes apart, to zero. */
export function zeroRows(at: i32, rows: i32, row: i32, first: i32, last: i32): void {
  for (let i = 0; i < rows; i++) memory.fill(at + i * row + first * FLOAT, 0, (last - first) * FLOAT);
}
