import { FLOAT } from './simd';

/** `[taps, inputs, outputs]` -> `[taps reversed, outputs, inputs]`, the elements `begin` to `end` of the result. */
export function transposeWeight(
  begin: i32,
  end: i32,
  weight: i32,
  taps: i32,
  inputs: i32,
  outputs: i32,
  transposed: i32,
): void {
  for (let element = begin; element < end; element++) {
    const input = element % inputs;
    const row = element / inputs;
    const output = row % outputs;
    const tap = taps - 1 - row / outputs;
    const value = f32.load(weight + ((tap * inputs + input) * outputs + output) * FLOAT);
    f32.store(transposed + element * FLOAT, value);
  }
}
