import { FLOAT, VECTOR } from './lib/simd';

/** The largest value under each window; the window's taps are `rows` by `columns` pixels. */
export function maxPool2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
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
      let from = input + item * inputItem + y * strideY * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < outputWidth; x++) {
        for (let c = 0; c < wide; c += VECTOR) {
          v128.store(to + c, largest4(from + c, inputRow, pixel, kernelHeight, kernelWidth));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          f32.store(to + c, largest(from + c, inputRow, pixel, kernelHeight, kernelWidth));
        }
        from += strideX * pixel;
        to += pixel;
      }
    }
  }
}

/** Each output's gradient goes to the first largest value under its window; where windows overlap, gradients add. */
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
      let from = input + item * inputItem + y * strideY * inputRow;
      let grad = outputGrad + item * outputGradItem + y * outputGradRow;
      let to = grads + y * strideY * inputGradRow;
      for (let x = 0; x < outputGradWidth; x++) {
        for (let c = 0; c < wide; c += VECTOR) {
          route4(
            from + c,
            inputRow,
            pixel,
            kernelHeight,
            kernelWidth,
            v128.load(grad + c),
            to + c,
            inputGradRow,
          );
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          route(
            from + c,
            inputRow,
            pixel,
            kernelHeight,
            kernelWidth,
            f32.load(grad + c),
            to + c,
            inputGradRow,
          );
        }
        from += strideX * pixel;
        grad += pixel;
        to += strideX * pixel;
      }
    }
  }
}

function largest4(from: i32, row: i32, pixel: i32, rows: i32, columns: i32): v128 {
  let most = v128.load(from);
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      most = f32x4.max(most, v128.load(from + ky * row + kx * pixel));
    }
  }
  return most;
}

function largest(from: i32, row: i32, pixel: i32, rows: i32, columns: i32): f32 {
  let most = f32.load(from);
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      most = max(most, f32.load(from + ky * row + kx * pixel));
    }
  }
  return most;
}

function route4(
  from: i32,
  row: i32,
  pixel: i32,
  rows: i32,
  columns: i32,
  grad: v128,
  to: i32,
  toRow: i32,
): void {
  const most = largest4(from, row, pixel, rows, columns);
  let left = grad;
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      const here = f32x4.eq(v128.load(from + ky * row + kx * pixel), most);
      const place = to + ky * toRow + kx * pixel;
      v128.store(place, f32x4.add(v128.load(place), v128.and(left, here)));
      left = v128.andnot(left, here);
    }
  }
}

function route(
  from: i32,
  row: i32,
  pixel: i32,
  rows: i32,
  columns: i32,
  grad: f32,
  to: i32,
  toRow: i32,
): void {
  const most = largest(from, row, pixel, rows, columns);
  for (let ky = 0; ky < rows; ky++) {
    for (let kx = 0; kx < columns; kx++) {
      if (f32.load(from + ky * row + kx * pixel) == most) {
        const place = to + ky * toRow + kx * pixel;
        f32.store(place, f32.load(place) + grad);
        return;
      }
    }
  }
}
