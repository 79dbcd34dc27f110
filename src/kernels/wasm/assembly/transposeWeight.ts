import { FLOAT } from './lib/simd';

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
  let element = begin;
  while (element < end) {
    const row = element / inputs;
    const input = element - row * inputs;
    const tap = taps - 1 - row / outputs;
    let from = weight + ((tap * inputs + input) * outputs + (row % outputs)) * FLOAT;
    for (const rowEnd = min(end, (row + 1) * inputs); element < rowEnd; element++) {
      f32.store(transposed + element * FLOAT, f32.load(from));
      from += outputs * FLOAT;
    }
  }
}
