import { ZEROS } from './gemm';
import { CHANNELS, FLOAT, multiplyAdd, Pair, UNBOUNDED, VECTOR } from './simd';
import { sumRows } from './sumRows';

/*
 * Convolution of each channel separately. Vector lanes are channels: eight at a time, which hosts with 256-bit registers process at once,
 * and the rest one by one. The weights of a tap are one row of `channels` floats. Pitches are in bytes.
 */

/** Pixels that are computed at once, so that weights are loaded for several, and sums do not wait for each other. */
const PIXELS: i32 = 4;

/* The window of a pixel: `rows` × `columns` taps, of an image and of the weights. */
let rows: i32;
let columns: i32;
let imageRow: i32;
let weightRow: i32;
/** From one tap of a row to the next. */
let weightTap: i32;
let pixel: i32;
/** The lower bound of a sum. */
let lowerBound: f32;

class Window {
  /**
   * The sums of eight channels of `count` (1 or 4) pixels whose windows are `step` bytes apart.
   *
   * @param bias `ZEROS` if there is none
   */
  @inline
  static sum(count: i32, image: i32, step: i32, weight: i32, bias: i32, to: i32): void {
    let sum0 = bias == ZEROS ? f32x4.splat(0) : v128.load(bias);
    let next0 = bias == ZEROS ? f32x4.splat(0) : v128.load(bias, VECTOR);
    let sum1 = sum0;
    let next1 = next0;
    let sum2 = sum0;
    let next2 = next0;
    let sum3 = sum0;
    let next3 = next0;
    const size = pixel;
    const least = f32x4.splat(lowerBound);
    const tap = weightTap;
    const rowTaps = columns * size;
    for (let ky = rows; ky > 0; ky--) {
      let from = image;
      const last = image + rowTaps;
      let taps = weight;
      while (from != last) {
        const factor = v128.load(taps);
        const factorNext = v128.load(taps, VECTOR);
        sum0 = multiplyAdd(v128.load(from), factor, sum0);
        next0 = multiplyAdd(v128.load(from, VECTOR), factorNext, next0);
        if (count > 1) {
          sum1 = multiplyAdd(v128.load(from + step), factor, sum1);
          next1 = multiplyAdd(v128.load(from + step, VECTOR), factorNext, next1);
          sum2 = multiplyAdd(v128.load(from + 2 * step), factor, sum2);
          next2 = multiplyAdd(v128.load(from + 2 * step, VECTOR), factorNext, next2);
          sum3 = multiplyAdd(v128.load(from + 3 * step), factor, sum3);
          next3 = multiplyAdd(v128.load(from + 3 * step, VECTOR), factorNext, next3);
        }
        from += size;
        taps += tap;
      }
      image += imageRow;
      weight += weightRow;
    }
    Pair.storeBounded(to, sum0, next0, true, least);
    if (count > 1) {
      Pair.storeBounded(to + size, sum1, next1, true, least);
      Pair.storeBounded(to + 2 * size, sum2, next2, true, least);
      Pair.storeBounded(to + 3 * size, sum3, next3, true, least);
    }
  }
}

/** All channels of four pixels. */
function fourPixels(image: i32, step: i32, weight: i32, bias: i32, to: i32): void {
  const wide = pixel & ~(CHANNELS - 1);
  for (let c = 0; c < wide; c += CHANNELS) {
    Window.sum(PIXELS, image + c, step, weight + c, bias == ZEROS ? ZEROS : bias + c, to + c);
  }
  for (let x = 0; x < PIXELS; x++) lastChannels(image + x * step, weight, bias, to + x * pixel);
}

/** All channels of a pixel. */
function onePixel(image: i32, weight: i32, bias: i32, to: i32): void {
  const wide = pixel & ~(CHANNELS - 1);
  for (let c = 0; c < wide; c += CHANNELS) {
    Window.sum(1, image + c, 0, weight + c, bias == ZEROS ? ZEROS : bias + c, to + c);
  }
  lastChannels(image, weight, bias, to);
}

/** The channels of a pixel that are fewer than eight. */
function lastChannels(image: i32, weight: i32, bias: i32, to: i32): void {
  for (let c = pixel & ~(CHANNELS - 1); c < pixel; c += FLOAT) {
    let sum: f32 = bias == ZEROS ? 0 : f32.load(bias + c);
    for (let ky = 0; ky < rows; ky++) {
      let from = image + ky * imageRow + c;
      let taps = weight + ky * weightRow + c;
      for (let kx = 0; kx < columns; kx++) {
        sum += f32.load(from) * f32.load(taps);
        from += pixel;
        taps += weightTap;
      }
    }
    f32.store(to + c, sum < lowerBound ? lowerBound : sum);
  }
}

/** @param input the address of the first pixel of the padding, whose zeros are read */
export function depthwiseConv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  weight: i32,
  bias: i32,
  minimum: f32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
): void {
  pixel = outputChannels * FLOAT;
  lowerBound = minimum;
  rows = kernelHeight;
  columns = kernelWidth;
  imageRow = inputRow;
  weightRow = kernelWidth * pixel;
  weightTap = pixel;
  const step = strideX * pixel;
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputHeight; y++) {
      const from = input + item * inputItem + y * strideY * inputRow;
      const to = output + item * outputItem + y * outputRow;
      if (outputWidth < PIXELS) {
        for (let x = 0; x < outputWidth; x++) onePixel(from + x * step, weight, bias, to + x * pixel);
        continue;
      }
      for (let x = 0; x < outputWidth; x += PIXELS) {
        // The last four pixels may overlap with those before, which are then computed twice.
        const first = min(x, outputWidth - PIXELS);
        fourPixels(from + first * step, step, weight, bias, to + first * pixel);
      }
    }
  }
}

/**
 * The gradient of an input pixel is the sum over the output pixels that it contributed to.
 *
 * @param transposed the weight with its taps reversed
 */
export function depthwiseConv2dInputGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
  transposed: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  inputGradHeight: i32,
  inputGradWidth: i32,
  inputGradChannels: i32,
): void {
  pixel = inputGradChannels * FLOAT;
  lowerBound = UNBOUNDED;
  imageRow = outputGradRow;
  const tapsRow = kernelWidth * pixel;
  weightRow = strideY * tapsRow;
  weightTap = strideX * pixel;
  // With a stride of 1, the window of an input pixel begins this many pixels to its left. It is complete up to `full`.
  const before = kernelWidth - 1 - paddingX;
  const full = min(inputGradWidth, outputGradWidth - paddingX);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < inputGradHeight; y++) {
      const top = firstOutput(y, kernelHeight, strideY, paddingY);
      rows = max(0, lastOutput(y, strideY, paddingY, outputGradHeight) - top + 1);
      const ky = kernelHeight - 1 - (y + paddingY - top * strideY);
      const grads = outputGrad + item * outputGradItem + top * outputGradRow;
      const taps = transposed + ky * tapsRow;
      const to = inputGrad + item * inputGradItem + y * inputGradRow;
      for (let x = 0; x < inputGradWidth; x++) {
        if (strideX == 1 && x >= before && x + PIXELS <= full) {
          columns = kernelWidth;
          fourPixels(grads + (x - before) * pixel, pixel, taps, ZEROS, to + x * pixel);
          x += PIXELS - 1;
          continue;
        }
        const left = firstOutput(x, kernelWidth, strideX, paddingX);
        columns = max(0, lastOutput(x, strideX, paddingX, outputGradWidth) - left + 1);
        const kx = kernelWidth - 1 - (x + paddingX - left * strideX);
        onePixel(grads + left * pixel, taps + kx * pixel, ZEROS, to + x * pixel);
      }
    }
  }
}

/** The first output whose window contains the input `at`, if any does. */
function firstOutput(at: i32, taps: i32, stride: i32, padding: i32): i32 {
  return max(0, at + padding - taps + stride) / stride;
}

/** The last of `outputs` whose window contains the input `at`, if any does. */
function lastOutput(at: i32, stride: i32, padding: i32, outputs: i32): i32 {
  return min(outputs - 1, (at + padding) / stride);
}

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
    for (let x = width; x > 0; x--) {
      const grad = v128.load(grads);
      const gradNext = v128.load(grads, VECTOR);
      sum0 = multiplyAdd(v128.load(values), grad, sum0);
      next0 = multiplyAdd(v128.load(values, VECTOR), gradNext, next0);
      if (count > 1) {
        sum1 = multiplyAdd(v128.load(values + size), grad, sum1);
        next1 = multiplyAdd(v128.load(values + size, VECTOR), gradNext, next1);
      }
      if (count > 2) {
        sum2 = multiplyAdd(v128.load(values + 2 * size), grad, sum2);
        next2 = multiplyAdd(v128.load(values + 2 * size, VECTOR), gradNext, next2);
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
  const step = strideX * pixel;
  memory.fill(weightPartial, 0, kernelHeight * kernelWidth * pixel);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputGradHeight; y++) {
      const grads = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const values = input + item * inputItem + (y * strideY + ky) * inputRow;
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
      Taps.add(3, values + kx * pixel + c, step, grads + c, width, sums + kx * pixel + c);
    }
    if (kx + 2 == taps) Taps.add(2, values + kx * pixel + c, step, grads + c, width, sums + kx * pixel + c);
    if (kx + 1 == taps) Taps.add(1, values + kx * pixel + c, step, grads + c, width, sums + kx * pixel + c);
  }
  for (let kx = 0; kx < taps; kx++) {
    for (let c = wide; c < pixel; c += FLOAT) {
      let sum: f32 = 0;
      for (let x = 0; x < width; x++) {
        sum += f32.load(values + kx * pixel + x * step + c) * f32.load(grads + x * pixel + c);
      }
      const to = sums + kx * pixel + c;
      f32.store(to, f32.load(to) + sum);
    }
  }
}
