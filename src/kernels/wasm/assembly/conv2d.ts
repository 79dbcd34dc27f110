import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumRows } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';

/*
 * With a pixel's channels side by side, the pixels under one row of a kernel are one contiguous run, so that a row of the
 * output is a matrix product without any copying: `kernelRows` segments of `run` terms each. Pitches are in bytes.
 */

/** @param input with its padding, from the first padded pixel on */
export function conv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  strideRows: i32,
  strideColumns: i32,
  kernelRows: i32,
  run: i32,
  weight: i32,
  bias: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = channels * FLOAT;
  setA(strideColumns, FLOAT, inputRow);
  setB(pixel, run * pixel);
  setTerms(kernelRows, run);
  setC(pixel, 0);
  for (let item = begin; item < end; item++) {
    const from = input + item * inputItem;
    const to = output + item * outputItem;
    for (let y = 0; y < height; y++) {
      gemm(width, channels, from + y * strideRows, weight, bias, to + y * outputRow);
    }
  }
}

/**
 * With stride 1 the gradient of the input is a convolution of the gradient of the output with the transposed weight.
 *
 * @param outputGrad from the first pixel that the first pixel of the input's gradient needs on
 * @param run terms a kernel row: its columns times the output's channels
 */
export function conv2dInputGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputItem: i32,
  outputRow: i32,
  outputPixel: i32,
  kernelRows: i32,
  run: i32,
  transposed: i32,
  inputGrad: i32,
  inputItem: i32,
  inputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = channels * FLOAT;
  setA(outputPixel, FLOAT, outputRow);
  setB(pixel, run * pixel);
  setTerms(kernelRows, run);
  setC(pixel, 0);
  for (let item = begin; item < end; item++) {
    const from = outputGrad + item * outputItem;
    const to = inputGrad + item * inputItem;
    for (let y = 0; y < height; y++) {
      gemm(width, channels, from + y * outputRow, transposed, ZEROS, to + y * inputRow);
    }
  }
}

/**
 * With any stride: each output pixel adds to the input pixels it came from. `padding` in pixels, tap by tap so that the
 * rows of a product are the output pixels whose tap lies inside the image.
 */
export function conv2dInputGradStrided(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
  transposed: i32,
  inputGrad: i32,
  inputItem: i32,
  inputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const outputPixel = outputChannels * FLOAT;
  const pixel = channels * FLOAT;
  const tap = outputPixel * channels;
  setA(outputPixel, FLOAT, 0);
  setB(pixel, 0);
  setTerms(1, outputChannels);
  setC(strideX * pixel, strideX * pixel);
  for (let item = begin; item < end; item++) {
    const to = inputGrad + item * inputItem;
    for (let y = 0; y < height; y++) memory.fill(to + y * inputRow, 0, width * pixel);
    for (let y = 0; y < outputHeight; y++) {
      const from = outputGrad + item * outputItem + y * outputRow;
      for (let ky = 0; ky < kernelRows; ky++) {
        const inputY = y * strideY + ky - paddingY;
        if (inputY < 0 || inputY >= height) continue;
        for (let kx = 0; kx < kernelColumns; kx++) {
          const first = firstInside(kx - paddingX, strideX);
          const last = min(outputWidth - 1, floorDivide(width - 1 - kx + paddingX, strideX));
          if (last < first) continue;
          const c = to + inputY * inputRow + (first * strideX + kx - paddingX) * pixel;
          const weight = transposed + ((kernelRows - 1 - ky) * kernelColumns + kernelColumns - 1 - kx) * tap;
          gemm(last - first + 1, channels, from + first * outputPixel, weight, c, c);
        }
      }
    }
  }
}

/** The first x >= 0 for which `x · stride + offset` is not negative. */
function firstInside(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}

/** Rounds down for a negative dividend too, where integer division rounds towards zero. */
function floorDivide(a: i32, b: i32): i32 {
  return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/** The gradients of weight and bias, summed over the images of a task. */
export function conv2dWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  strideRows: i32,
  strideColumns: i32,
  kernelRows: i32,
  run: i32,
  outputGrad: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  const pixel = channels * FLOAT;
  memory.fill(weightPartial, 0, kernelRows * run * pixel);
  memory.fill(biasPartial, 0, pixel);
  setA(FLOAT, strideColumns, strideRows);
  setB(pixel, outputRow);
  setTerms(height, width);
  setC(pixel, pixel);
  for (let item = begin; item < end; item++) {
    const from = input + item * inputItem;
    const grad = outputGrad + item * outputItem;
    for (let ky = 0; ky < kernelRows; ky++) {
      const c = weightPartial + ky * run * pixel;
      gemm(run, channels, from + ky * inputRow, grad, c, c);
    }
    for (let y = 0; y < height; y++) sumRows(grad + y * outputRow, width, channels, biasPartial);
  }
}
