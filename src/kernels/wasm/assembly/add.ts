import { FLOAT, VECTOR } from './lib/simd';

/** `output = input + other` for `rows` rows of `rowElements` floats per item. */
export function add(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  other: i32,
  otherItem: i32,
  otherRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  rows: i32,
  rowElements: i32,
): void {
  const bytes = rowElements * FLOAT;
  for (let item = begin; item < end; item++) {
    for (let row = 0; row < rows; row++) {
      const a = input + item * inputItem + row * inputRow;
      const b = other + item * otherItem + row * otherRow;
      const to = output + item * outputItem + row * outputRow;
      let at = 0;
      for (; at + VECTOR <= bytes; at += VECTOR) {
        v128.store(to + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
      }
      for (; at < bytes; at += FLOAT) f32.store(to + at, f32.load(a + at) + f32.load(b + at));
    }
  }
}
