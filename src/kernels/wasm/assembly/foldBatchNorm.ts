import { ZEROS } from './lib/gemm';
import { FLOAT } from './lib/simd';

/**
 * Multiplies a weight `[…, outputs]` by the scale of its output, and adds the shift to the bias, which is scaled too. Elements `begin` to
 * `end` are those of the weight, followed by those of the bias.
 *
 * @param bias `ZEROS` if there is none
 */
export function foldBatchNorm(
  begin: i32,
  end: i32,
  weights: i32,
  outputs: i32,
  weight: i32,
  bias: i32,
  scale: i32,
  shift: i32,
  foldedWeight: i32,
  foldedBias: i32,
): void {
  for (let element = begin; element < end; element++) {
    const at = (element % outputs) * FLOAT;
    const factor = f32.load(scale + at);
    if (element < weights) {
      const address = element * FLOAT;
      f32.store(foldedWeight + address, f32.load(weight + address) * factor);
    } else {
      const value: f32 = bias == ZEROS ? 0 : f32.load(bias + at);
      f32.store(foldedBias + at, value * factor + f32.load(shift + at));
    }
  }
}
