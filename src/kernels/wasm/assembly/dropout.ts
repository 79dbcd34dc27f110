import { mix, mix4 } from './lib/hash';
import { FLOAT, VECTOR } from './lib/simd';
import { dropoutSeedOf } from './generated/step';

/**
 * The mask depends on the step, the layer, the image and the element only, so that the backward pass can draw it again.
 *
 * @param salt distinguishes the model's dropout layers
 * @param threshold an element is kept if its 24 random bits are at least this
 */
export function dropout(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  rows: i32,
  rowElements: i32,
  salt: u32,
  threshold: u32,
  scale: f32,
): void {
  const layer = mix(dropoutSeedOf(steps, step) + salt * 0x9e3779b9);
  for (let item = begin; item < end; item++) {
    let counter = mix(layer + item);
    for (let row = 0; row < rows; row++) {
      const from = input + item * inputItem + row * inputRow;
      const to = output + item * outputItem + row * outputRow;
      dropRow(from, to, rowElements, counter, threshold, scale);
      counter += rowElements;
    }
  }
}

function dropRow(from: i32, to: i32, elements: i32, counter: u32, threshold: u32, scale: f32): void {
  const scales = f32x4.splat(scale);
  const thresholds = i32x4.splat(threshold);
  let counters = i32x4.add(i32x4.splat(counter), i32x4(0, 1, 2, 3));
  let element = 0;
  for (; element + 4 <= elements; element += 4) {
    // Both sides have 24 bits, so that a signed comparison is correct.
    const mask = i32x4.ge_s(i32x4.shr_u(mix4(counters), 8), thresholds);
    v128.store(to, v128.and(f32x4.mul(v128.load(from), scales), mask));
    counters = i32x4.add(counters, i32x4.splat(4));
    from += VECTOR;
    to += VECTOR;
  }
  for (; element < elements; element++) {
    const mask = mix(counter + element) >>> 8 >= threshold;
    f32.store(to, mask ? f32.load(from) * scale : 0);
    from += FLOAT;
    to += FLOAT;
  }
}
