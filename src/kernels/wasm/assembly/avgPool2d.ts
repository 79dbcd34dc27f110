import { FLOAT, VECTOR } from './lib/simd';

/*
 * The size and the stride of a window are divided by `divisorY` and `divisorX`: a window covers the rows from ⌊y · stride / divisor⌋ to
 * ⌈(y · stride + size) / divisor⌉.
 */

/** The mean under each window. */
export function avgPool2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  divisorY: i32,
  divisorX: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
): void {
  const pixel = outputChannels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputHeight; y++) {
      const top = (y * strideY) / divisorY;
      const rows = ceiling(y * strideY + kernelHeight, divisorY) - top;
      const row = input + item * inputItem + top * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < outputWidth; x++) {
        const left = (x * strideX) / divisorX;
        const columns = ceiling(x * strideX + kernelWidth, divisorX) - left;
        const from = row + left * pixel;
        const share = <f32>1 / <f32>(rows * columns);
        const shares = f32x4.splat(share);
        for (let c = 0; c < wide; c += VECTOR) {
          v128.store(to + c, f32x4.mul(sumOf4(from + c, inputRow, pixel, rows, columns), shares));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          f32.store(to + c, sumOf(from + c, inputRow, pixel, rows, columns) * share);
        }
        to += pixel;
      }
    }
  }
}

/** Division that rounds up. */
function ceiling(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

/** Rows are summed separately first: many short sums have smaller rounding errors than a long one. */
function sumOf4(from: i32, row: i32, pixel: i32, rows: i32, columns: i32): v128 {
  let total = f32x4.splat(0);
  for (let ky = 0; ky < rows; ky++) {
    let sum = f32x4.splat(0);
    let at = from + ky * row;
    for (let kx = 0; kx < columns; kx++) {
      sum = f32x4.add(sum, v128.load(at));
      at += pixel;
    }
    total = f32x4.add(total, sum);
  }
  return total;
}

function sumOf(from: i32, row: i32, pixel: i32, rows: i32, columns: i32): f32 {
  let total: f32 = 0;
  for (let ky = 0; ky < rows; ky++) {
    let sum: f32 = 0;
    for (let kx = 0; kx < columns; kx++) sum += f32.load(from + ky * row + kx * pixel);
    total += sum;
  }
  return total;
}

/** Distributes each output's gradient evenly over the pixels under its window; where windows overlap, the shares add up. */
export function avgPool2dGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  inputGradHeight: i32,
  inputGradWidth: i32,
  inputGradChannels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  divisorY: i32,
  divisorX: i32,
): void {
  const pixel = inputGradChannels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let item = begin; item < end; item++) {
    const grads = inputGrad + item * inputGradItem;
    for (let y = 0; y < inputGradHeight; y++)
      memory.fill(grads + y * inputGradRow, 0, inputGradWidth * pixel);
    for (let y = 0; y < outputGradHeight; y++) {
      let from = outputGrad + item * outputGradItem + y * outputGradRow;
      const top = (y * strideY) / divisorY;
      const rows = ceiling(y * strideY + kernelHeight, divisorY) - top;
      for (let x = 0; x < outputGradWidth; x++) {
        const left = (x * strideX) / divisorX;
        const columns = ceiling(x * strideX + kernelWidth, divisorX) - left;
        const to = grads + top * inputGradRow + left * pixel;
        const share = <f32>1 / <f32>(rows * columns);
        const shares = f32x4.splat(share);
        for (let c = 0; c < wide; c += VECTOR) {
          addTo4(to + c, inputGradRow, pixel, rows, columns, f32x4.mul(v128.load(from + c), shares));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          addTo1(to + c, inputGradRow, pixel, rows, columns, f32.load(from + c) * share);
        }
        from += pixel;
      }
    }
  }
}

function addTo4(to: i32, row: i32, pixel: i32, rows: i32, columns: i32, value: v128): void {
  for (let ky = 0; ky < rows; ky++) {
    let at = to + ky * row;
    for (let kx = 0; kx < columns; kx++) {
      v128.store(at, f32x4.add(v128.load(at), value));
      at += pixel;
    }
  }
}

function addTo1(to: i32, row: i32, pixel: i32, rows: i32, columns: i32, value: f32): void {
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      const at = to + ky * row + kx * pixel;
      f32.store(at, f32.load(at) + value);
    }
  }
}
