import { FLOAT } from './lib/simd';
import { firstOf } from './generated/step';

/** Converts a batch of images from bytes to floats in [0, 1], without touching the halo, and copies their labels. */
export function imagesToFloats(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  images: i32,
  labels: i32,
  imagesItem: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  rows: i32,
  rowElements: i32,
  targets: i32,
): void {
  const first = firstOf(steps, step);
  for (let item = begin; item < end; item++) {
    const index = first + item;
    i32.store(targets + item * 4, i32.load(labels + index * 4));
    let from = images + index * imagesItem;
    let to = output + item * outputItem;
    for (let row = 0; row < rows; row++) {
      bytesToFloats(from, to, rowElements);
      from += rowElements;
      to += outputRow;
    }
  }
}

/** Copies the features of a batch, without touching the halo, and their labels. */
export function loadFeatures(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  features: i32,
  labels: i32,
  featuresItem: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  rows: i32,
  rowElements: i32,
  targets: i32,
): void {
  const first = firstOf(steps, step);
  const row = rowElements * FLOAT;
  for (let item = begin; item < end; item++) {
    i32.store(targets + item * 4, i32.load(labels + (first + item) * 4));
  }
  padImages(
    begin,
    end,
    features + first * featuresItem,
    featuresItem,
    row,
    output,
    outputItem,
    outputRow,
    rows,
    rowElements,
  );
}

function bytesToFloats(from: i32, to: i32, count: i32): void {
  const maximum = f32x4.splat(255);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from + i)));
    v128.store(to + i * FLOAT, f32x4.div(f32x4.convert_i32x4_u(words), maximum));
  }
  for (; i < count; i++) {
    f32.store(to + i * FLOAT, <f32>i32.load8_u(from + i) / 255);
  }
}

/** Copies images between tensors with different halos. */
export function padImages(
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
): void {
  for (let item = begin; item < end; item++) {
    for (let row = 0; row < rows; row++) {
      const from = input + item * inputItem + row * inputRow;
      memory.copy(output + item * outputItem + row * outputRow, from, rowElements * FLOAT);
    }
  }
}
