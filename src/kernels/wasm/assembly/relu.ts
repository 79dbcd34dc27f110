import { FLOAT, VECTOR } from './lib/simd';

/** `min(max(0, x), maximum)` for `rows` rows of `rowElements` floats per item; NaN stays NaN. */
export function relu(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  rows: i32,
  rowElements: i32,
  maximum: f32,
): void {
  const zero = f32x4.splat(0);
  const most = f32x4.splat(maximum);
  const bytes = rowElements * FLOAT;
  for (let item = begin; item < end; item++) {
    for (let row = 0; row < rows; row++) {
      const from = input + item * inputItem + row * inputRow;
      const to = output + item * outputItem + row * outputRow;
      let at = 0;
      for (; at + VECTOR <= bytes; at += VECTOR) {
        v128.store(to + at, f32x4.pmin(f32x4.pmax(v128.load(from + at), zero), most));
      }
      for (; at < bytes; at += FLOAT) {
        const value = f32.load(from + at);
        f32.store(to + at, value < 0 ? 0 : value > maximum ? maximum : value);
      }
    }
  }
}

/** Passes the gradient where the output is positive and less than the maximum. */
export function reluGrad(
  begin: i32,
  end: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  rows: i32,
  rowElements: i32,
  maximum: f32,
): void {
  const zero = f32x4.splat(0);
  const most = f32x4.splat(maximum);
  const bytes = rowElements * FLOAT;
  for (let item = begin; item < end; item++) {
    for (let row = 0; row < rows; row++) {
      const values = output + item * outputItem + row * outputRow;
      const grads = outputGrad + item * outputGradItem + row * outputGradRow;
      const to = inputGrad + item * inputGradItem + row * inputGradRow;
      let at = 0;
      for (; at + VECTOR <= bytes; at += VECTOR) {
        const value = v128.load(values + at);
        const open = v128.and(f32x4.gt(value, zero), f32x4.lt(value, most));
        v128.store(to + at, v128.and(v128.load(grads + at), open));
      }
      for (; at < bytes; at += FLOAT) {
        const value = f32.load(values + at);
        f32.store(to + at, value > 0 && value < maximum ? f32.load(grads + at) : 0);
      }
    }
  }
}
