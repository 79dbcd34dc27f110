import { ZEROS } from './gemm';
import { CHANNELS, FLOAT, multiplyAdd, Pair, VECTOR } from './simd';
import { sumRows } from './sumRows';

/* The gradient of the weight of `depthwiseConv2d`. Vector lanes are channels: eight at a time, and the rest one by one. */

/** Bytes of a pixel, and of the weights of a tap. */
let pixel: i32;
/** Bytes from the pixel of one tap of a row to that of the next. */
let imageTap: i32;

class Taps {
  /**
   * Adds to the gradients of `count` (1 to 3) neighboring taps, of eight channels, what a row of output pixels contributes. The row is
   * summed separately first.
   */
  @inline
  static add(count: i32, values: i32, step: i32, grads: i32, width: i32, sums: i32): void {
    const zero = f32x4.splat(0);
    let sum0 = zero;
    let next0 = zero;
    let sum1 = zero;
    let next1 = zero;
    let sum2 = zero;
    let next2 = zero;
    const size = pixel;
    const tap = imageTap;
    for (let x = width; x > 0; x--) {
      const grad = v128.load(grads);
      const gradNext = v128.load(grads, VECTOR);
      sum0 = multiplyAdd(v128.load(values), grad, sum0);
      next0 = multiplyAdd(v128.load(values, VECTOR), gradNext, next0);
      if (count > 1) {
        sum1 = multiplyAdd(v128.load(values + tap), grad, sum1);
        next1 = multiplyAdd(v128.load(values + tap, VECTOR), gradNext, next1);
      }
      if (count > 2) {
        sum2 = multiplyAdd(v128.load(values + 2 * tap), grad, sum2);
        next2 = multiplyAdd(v128.load(values + 2 * tap, VECTOR), gradNext, next2);
      }
      values += step;
      grads += size;
    }
    Taps.addTo(sums, sum0, next0);
    if (count > 1) Taps.addTo(sums + size, sum1, next1);
    if (count > 2) Taps.addTo(sums + 2 * size, sum2, next2);
  }

  @inline
  static addTo(to: i32, sum: v128, next: v128): void {
    const old = v128.load(to);
    const oldNext = v128.load(to, VECTOR);
    Pair.store(to, f32x4.add(old, sum), f32x4.add(oldNext, next));
  }
}

/** The gradients of weight and bias, summed over the images of a task; rows are summed separately first. */
export function depthwiseConv2dWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  outputGradChannels: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  pixel = outputGradChannels * FLOAT;
  imageTap = dilationX * pixel;
  const step = strideX * pixel;
  memory.fill(weightPartial, 0, kernelHeight * kernelWidth * pixel);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputGradHeight; y++) {
      const grads = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const values = input + item * inputItem + (y * strideY + ky * dilationY) * inputRow;
        addRow(values, step, grads, outputGradWidth, weightPartial + ky * kernelWidth * pixel, kernelWidth);
      }
      if (biasPartial != ZEROS) sumRows(grads, outputGradWidth, outputGradChannels, biasPartial);
    }
  }
}

/** Adds to the gradients of a row of taps what a row of output pixels contributes. */
function addRow(values: i32, step: i32, grads: i32, width: i32, sums: i32, taps: i32): void {
  const wide = pixel & ~(CHANNELS - 1);
  for (let c = 0; c < wide; c += CHANNELS) {
    let kx = 0;
    for (; kx + 3 <= taps; kx += 3) {
      Taps.add(3, values + kx * imageTap + c, step, grads + c, width, sums + kx * pixel + c);
    }
    if (kx + 2 == taps)
      Taps.add(2, values + kx * imageTap + c, step, grads + c, width, sums + kx * pixel + c);
    if (kx + 1 == taps)
      Taps.add(1, values + kx * imageTap + c, step, grads + c, width, sums + kx * pixel + c);
  }
  for (let kx = 0; kx < taps; kx++) {
    for (let c = wide; c < pixel; c += FLOAT) {
      let sum: f32 = 0;
      for (let x = 0; x < width; x++) {
        sum += f32.load(values + kx * imageTap + x * step + c) * f32.load(grads + x * pixel + c);
      }
      const to = sums + kx * pixel + c;
      f32.store(to, f32.load(to) + sum);
    }
  }
}
