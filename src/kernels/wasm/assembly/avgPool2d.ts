import { FLOAT, VECTOR } from './simd';

/** The mean under each window; the window's taps are `rows` by `columns` pixels. */
export function avgPool2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  pixel: i32,
  strideRows: i32,
  strideColumns: i32,
  rows: i32,
  columns: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
): void {
  const wide = pixel & ~(VECTOR - 1);
  const share = <f32>1 / <f32>(rows * columns);
  const shares = f32x4.splat(share);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      let from = input + item * inputItem + y * strideRows;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < wide; c += VECTOR) {
          v128.store(to + c, f32x4.mul(sumOf4(from + c, inputRow, pixel, rows, columns), shares));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          f32.store(to + c, sumOf(from + c, inputRow, pixel, rows, columns) * share);
        }
        from += strideColumns;
        to += pixel;
      }
    }
  }
}

/** Rows are summed by themselves first: many short sums round less than a long one. */
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

/** Each output's gradient is shared out among the pixels under its window; where windows overlap, the shares add. */
export function avgPool2dGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  inputGrad: i32,
  gradItem: i32,
  gradRow: i32,
  pixel: i32,
  strideRows: i32,
  strideColumns: i32,
  rows: i32,
  columns: i32,
  inputHeight: i32,
  inputRowBytes: i32,
): void {
  const wide = pixel & ~(VECTOR - 1);
  const share = <f32>1 / <f32>(rows * columns);
  const shares = f32x4.splat(share);
  for (let item = begin; item < end; item++) {
    const grads = inputGrad + item * gradItem;
    for (let y = 0; y < inputHeight; y++) memory.fill(grads + y * gradRow, 0, inputRowBytes);
    for (let y = 0; y < height; y++) {
      let from = outputGrad + item * outputItem + y * outputRow;
      let to = grads + y * strideRows;
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < wide; c += VECTOR) {
          addTo4(to + c, gradRow, pixel, rows, columns, f32x4.mul(v128.load(from + c), shares));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          addTo1(to + c, gradRow, pixel, rows, columns, f32.load(from + c) * share);
        }
        from += pixel;
        to += strideColumns;
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
