import { initialAt, ZEROS } from './gemm';
import { CHANNELS, FLOAT, multiplyAdd, Pair, UNBOUNDED, UNBOUNDED_ABOVE, VECTOR } from './simd';

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
/* From one tap of a row to the next. */
let imageTap: i32;
let weightTap: i32;
let pixel: i32;
/** The bounds of a sum. */
let lowerBound: f32;
let upperBound: f32;

class Window {
  /**
   * The sums of eight channels of `count` (1 or 4) pixels, `toStep` bytes apart, whose windows are `step` bytes apart.
   *
   * @param bias `ZEROS` if there is none
   */
  @inline
  static sum(count: i32, image: i32, step: i32, weight: i32, bias: i32, to: i32, toStep: i32): void {
    let sum0 = v128.load(bias);
    let next0 = v128.load(bias, VECTOR);
    let sum1 = sum0;
    let next1 = next0;
    let sum2 = sum0;
    let next2 = next0;
    let sum3 = sum0;
    let next3 = next0;
    const size = imageTap;
    const least = f32x4.splat(lowerBound);
    const most = f32x4.splat(upperBound);
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
    Pair.storeBounded(to, sum0, next0, true, least, most);
    if (count > 1) {
      Pair.storeBounded(to + toStep, sum1, next1, true, least, most);
      Pair.storeBounded(to + 2 * toStep, sum2, next2, true, least, most);
      Pair.storeBounded(to + 3 * toStep, sum3, next3, true, least, most);
    }
  }

  /** The sums of eight channels of four neighboring pixels, whose windows are three taps wide and overlap: each input is loaded once. */
  @inline
  static sumOverlapping(image: i32, weight: i32, bias: i32, to: i32): void {
    const size = pixel;
    const tap = weightTap;
    const least = f32x4.splat(lowerBound);
    const most = f32x4.splat(upperBound);
    let sum0 = v128.load(bias);
    let next0 = v128.load(bias, VECTOR);
    let sum1 = sum0;
    let next1 = next0;
    let sum2 = sum0;
    let next2 = next0;
    let sum3 = sum0;
    let next3 = next0;
    for (let ky = rows; ky > 0; ky--) {
      const factor0 = v128.load(weight);
      const factorNext0 = v128.load(weight, VECTOR);
      const factor1 = v128.load(weight + tap);
      const factorNext1 = v128.load(weight + tap, VECTOR);
      const factor2 = v128.load(weight + 2 * tap);
      const factorNext2 = v128.load(weight + 2 * tap, VECTOR);
      const value0 = v128.load(image);
      const valueNext0 = v128.load(image, VECTOR);
      sum0 = multiplyAdd(value0, factor0, sum0);
      next0 = multiplyAdd(valueNext0, factorNext0, next0);
      const value1 = v128.load(image + size);
      const valueNext1 = v128.load(image + size, VECTOR);
      sum0 = multiplyAdd(value1, factor1, sum0);
      next0 = multiplyAdd(valueNext1, factorNext1, next0);
      sum1 = multiplyAdd(value1, factor0, sum1);
      next1 = multiplyAdd(valueNext1, factorNext0, next1);
      const value2 = v128.load(image + 2 * size);
      const valueNext2 = v128.load(image + 2 * size, VECTOR);
      sum0 = multiplyAdd(value2, factor2, sum0);
      next0 = multiplyAdd(valueNext2, factorNext2, next0);
      sum1 = multiplyAdd(value2, factor1, sum1);
      next1 = multiplyAdd(valueNext2, factorNext1, next1);
      sum2 = multiplyAdd(value2, factor0, sum2);
      next2 = multiplyAdd(valueNext2, factorNext0, next2);
      const value3 = v128.load(image + 3 * size);
      const valueNext3 = v128.load(image + 3 * size, VECTOR);
      sum1 = multiplyAdd(value3, factor2, sum1);
      next1 = multiplyAdd(valueNext3, factorNext2, next1);
      sum2 = multiplyAdd(value3, factor1, sum2);
      next2 = multiplyAdd(valueNext3, factorNext1, next2);
      sum3 = multiplyAdd(value3, factor0, sum3);
      next3 = multiplyAdd(valueNext3, factorNext0, next3);
      const value4 = v128.load(image + 4 * size);
      const valueNext4 = v128.load(image + 4 * size, VECTOR);
      sum2 = multiplyAdd(value4, factor2, sum2);
      next2 = multiplyAdd(valueNext4, factorNext2, next2);
      sum3 = multiplyAdd(value4, factor1, sum3);
      next3 = multiplyAdd(valueNext4, factorNext1, next3);
      const value5 = v128.load(image + 5 * size);
      const valueNext5 = v128.load(image + 5 * size, VECTOR);
      sum3 = multiplyAdd(value5, factor2, sum3);
      next3 = multiplyAdd(valueNext5, factorNext2, next3);
      image += imageRow;
      weight += weightRow;
    }
    Pair.storeBounded(to, sum0, next0, true, least, most);
    Pair.storeBounded(to + size, sum1, next1, true, least, most);
    Pair.storeBounded(to + 2 * size, sum2, next2, true, least, most);
    Pair.storeBounded(to + 3 * size, sum3, next3, true, least, most);
  }
}

/** All channels of four pixels, `toStep` bytes apart, whose windows are `step` bytes apart. */
function fourPixels(image: i32, step: i32, weight: i32, bias: i32, to: i32, toStep: i32): void {
  const wide = pixel & ~(CHANNELS - 1);
  if (columns == 3 && step == pixel && toStep == pixel && imageTap == pixel) {
    for (let c = 0; c < wide; c += CHANNELS) {
      Window.sumOverlapping(image + c, weight + c, initialAt(bias, c), to + c);
    }
  } else {
    for (let c = 0; c < wide; c += CHANNELS) {
      Window.sum(PIXELS, image + c, step, weight + c, initialAt(bias, c), to + c, toStep);
    }
  }
  for (let x = 0; x < PIXELS; x++) lastChannels(image + x * step, weight, bias, to + x * toStep);
}

/** All channels of a pixel. */
function onePixel(image: i32, weight: i32, bias: i32, to: i32): void {
  const wide = pixel & ~(CHANNELS - 1);
  for (let c = 0; c < wide; c += CHANNELS) {
    Window.sum(1, image + c, 0, weight + c, initialAt(bias, c), to + c, 0);
  }
  lastChannels(image, weight, bias, to);
}

/** The channels of a pixel that are fewer than eight. */
function lastChannels(image: i32, weight: i32, bias: i32, to: i32): void {
  for (let c = pixel & ~(CHANNELS - 1); c < pixel; c += FLOAT) {
    let sum = f32.load(initialAt(bias, c));
    for (let ky = 0; ky < rows; ky++) {
      let from = image + ky * imageRow + c;
      let taps = weight + ky * weightRow + c;
      for (let kx = 0; kx < columns; kx++) {
        sum += f32.load(from) * f32.load(taps);
        from += imageTap;
        taps += weightTap;
      }
    }
    f32.store(to + c, sum < lowerBound ? lowerBound : sum > upperBound ? upperBound : sum);
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
  dilationY: i32,
  dilationX: i32,
  weight: i32,
  bias: i32,
  minimum: f32,
  maximum: f32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
): void {
  pixel = outputChannels * FLOAT;
  lowerBound = minimum;
  upperBound = maximum;
  rows = kernelHeight;
  columns = kernelWidth;
  imageRow = dilationY * inputRow;
  imageTap = dilationX * pixel;
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
        fourPixels(from + first * step, step, weight, bias, to + first * pixel, pixel);
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
  dilationY: i32,
  dilationX: i32,
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
  upperBound = UNBOUNDED_ABOVE;
  const stepY = outputStep(strideY, dilationY);
  const stepX = outputStep(strideX, dilationX);
  imageRow = stepY * outputGradRow;
  imageTap = stepX * pixel;
  const tapsRow = kernelWidth * pixel;
  weightRow = ((stepY * strideY) / dilationY) * tapsRow;
  weightTap = ((stepX * strideX) / dilationX) * pixel;
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < inputGradHeight; y++) {
      const bottom = lastOutput(y, strideY, paddingY, outputGradHeight);
      const top = firstOutput(y, kernelHeight, strideY, dilationY, paddingY, bottom);
      rows = max(0, (bottom - top + stepY) / stepY);
      const ky = kernelHeight - 1 - (y + paddingY - top * strideY) / dilationY;
      const grads = outputGrad + item * outputGradItem + top * outputGradRow;
      const taps = transposed + ky * tapsRow;
      const to = inputGrad + item * inputGradItem + y * inputGradRow;
      // Pixels whose distance is a multiple of the stride are reached by the same taps.
      for (let phase = 0; phase < min(strideX, inputGradWidth); phase++) {
        inputGradPixels(
          phase,
          strideX,
          dilationX,
          paddingX,
          kernelWidth,
          grads,
          outputGradWidth,
          taps,
          to,
          inputGradWidth,
        );
      }
    }
  }
}

/** The gradients of every `stride`-th pixel of a row, from pixel `first`. */
function inputGradPixels(
  first: i32,
  stride: i32,
  dilation: i32,
  padding: i32,
  kernel: i32,
  grads: i32,
  outputs: i32,
  taps: i32,
  to: i32,
  width: i32,
): void {
  // No window of this pixel, or of a later one, begins before the first output.
  const firstFull = (kernel - 1) * dilation + 1 - padding - stride;
  const step = imageTap / pixel;
  const toStep = stride * pixel;
  for (let x = first; x < width; x += stride) {
    const right = lastOutput(x, stride, padding, outputs);
    const left = firstOutput(x, kernel, stride, dilation, padding, right);
    const tap = taps + (kernel - 1 - (x + padding - left * stride) / dilation) * pixel;
    columns = max(0, (right - left + step) / step);
    const from = grads + left * pixel;
    // The outputs that this pixel and the next three of the row contributed to all exist, and are one apart.
    if (
      x >= firstFull &&
      x + (PIXELS - 1) * stride + padding < outputs * stride &&
      x + (PIXELS - 1) * stride < width
    ) {
      fourPixels(from, pixel, tap, ZEROS, to + x * pixel, toStep);
      x += (PIXELS - 1) * stride;
    } else onePixel(from, tap, ZEROS, to + x * pixel);
  }
}

/** The distance of outputs that have a tap on the same input: their windows are a multiple of the dilation apart. */
function outputStep(stride: i32, dilation: i32): i32 {
  let step = 1;
  while ((step * stride) % dilation != 0) step++;
  return step;
}

/** The first output up to `last` that has a tap on the input `at`, if any does. */
function firstOutput(at: i32, taps: i32, stride: i32, dilation: i32, padding: i32, last: i32): i32 {
  let output = max(0, at + padding - (taps - 1) * dilation - 1 + stride) / stride;
  while (output <= last && (at + padding - output * stride) % dilation != 0) output++;
  return output;
}

/** The last of `outputs` whose window, from its first tap to its last, contains the input `at`, if any does. */
function lastOutput(at: i32, stride: i32, padding: i32, outputs: i32): i32 {
  return min(outputs - 1, (at + padding) / stride);
}
