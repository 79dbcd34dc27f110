import { FLOAT, VECTOR } from './lib/simd';

/** The maximum under each window, which is clipped at the edges of the image. */
export function maxPool2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputHeight: i32,
  inputWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
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
      const top = y * strideY - paddingY;
      const firstRow = max(top, 0);
      const rows = min(top + kernelHeight, inputHeight) - firstRow;
      const row = input + item * inputItem + firstRow * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < outputWidth; x++) {
        const left = x * strideX - paddingX;
        const firstColumn = max(left, 0);
        const columns = min(left + kernelWidth, inputWidth) - firstColumn;
        const from = row + firstColumn * pixel;
        for (let c = 0; c < wide; c += VECTOR) {
          v128.store(to + c, maximum4(from + c, inputRow, pixel, rows, columns));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          f32.store(to + c, maximumOf(from + c, inputRow, pixel, rows, columns));
        }
        to += pixel;
      }
    }
  }
}

/** Passes each output's gradient to the first maximum under its clipped window; where windows overlap, the gradients add up. */
export function maxPool2dGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
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
): void {
  const pixel = inputGradChannels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let item = begin; item < end; item++) {
    const grads = inputGrad + item * inputGradItem;
    for (let y = 0; y < inputGradHeight; y++)
      memory.fill(grads + y * inputGradRow, 0, inputGradWidth * pixel);
    for (let y = 0; y < outputGradHeight; y++) {
      const top = y * strideY - paddingY;
      const firstRow = max(top, 0);
      const rows = min(top + kernelHeight, inputGradHeight) - firstRow;
      const row = input + item * inputItem + firstRow * inputRow;
      const gradsRow = grads + firstRow * inputGradRow;
      let grad = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let x = 0; x < outputGradWidth; x++) {
        const left = x * strideX - paddingX;
        const firstColumn = max(left, 0);
        const columns = min(left + kernelWidth, inputGradWidth) - firstColumn;
        const from = row + firstColumn * pixel;
        const to = gradsRow + firstColumn * pixel;
        for (let c = 0; c < wide; c += VECTOR) {
          routeGrad4(from + c, inputRow, pixel, rows, columns, v128.load(grad + c), to + c, inputGradRow);
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          routeGrad(from + c, inputRow, pixel, rows, columns, f32.load(grad + c), to + c, inputGradRow);
        }
        grad += pixel;
      }
    }
  }
}

function maximum4(from: i32, row: i32, pixel: i32, rows: i32, columns: i32): v128 {
  let maximum = v128.load(from);
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      maximum = f32x4.max(maximum, v128.load(from + ky * row + kx * pixel));
    }
  }
  return maximum;
}

function maximumOf(from: i32, row: i32, pixel: i32, rows: i32, columns: i32): f32 {
  let maximum = f32.load(from);
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      maximum = max(maximum, f32.load(from + ky * row + kx * pixel));
    }
  }
  return maximum;
}

function routeGrad4(
  from: i32,
  row: i32,
  pixel: i32,
  rows: i32,
  columns: i32,
  grad: v128,
  to: i32,
  toRow: i32,
): void {
  const maximum = maximum4(from, row, pixel, rows, columns);
  let left = grad;
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      const here = f32x4.eq(v128.load(from + ky * row + kx * pixel), maximum);
      const address = to + ky * toRow + kx * pixel;
      v128.store(address, f32x4.add(v128.load(address), v128.and(left, here)));
      left = v128.andnot(left, here);
    }
  }
}

function routeGrad(
  from: i32,
  row: i32,
  pixel: i32,
  rows: i32,
  columns: i32,
  grad: f32,
  to: i32,
  toRow: i32,
): void {
  const maximum = maximumOf(from, row, pixel, rows, columns);
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      if (f32.load(from + ky * row + kx * pixel) == maximum) {
        const address = to + ky * toRow + kx * pixel;
        f32.store(address, f32.load(address) + grad);
        return;
      }
    }
  }
}
