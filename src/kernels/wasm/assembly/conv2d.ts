import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumRows } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';

/** From so many channels on, the channels of one tap fill a tile's rows. */
const FEWEST_CHANNELS: i32 = 4;

/*
 * With a pixel's channels side by side, the pixels under one row of a kernel are one contiguous run, so that a row of the
 * output is a matrix product without any copying: a segment for each of the kernel's rows. Pitches are in bytes.
 */

/**
 * Leaves out the terms that meet nothing but padding: of the kernel's rows everywhere, of its columns where half of them or
 * more lie outside. Such columns of the output are products of their own, downwards, as the sums of a product are equally long.
 *
 * @param input with its padding, from the first padded pixel on
 */
export function conv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputHeight: i32,
  inputWidth: i32,
  inputChannels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
  weight: i32,
  bias: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const inputPixel = inputChannels * FLOAT;
  const pixel = channels * FLOAT;
  const tap = inputChannels * pixel;
  let left = 0;
  let right = width;
  while (left < right && 2 * tapsInside(left, strideX, paddingX, kernelColumns, inputWidth) <= kernelColumns)
    left++;
  while (
    left < right &&
    2 * tapsInside(right - 1, strideX, paddingX, kernelColumns, inputWidth) <= kernelColumns
  )
    right--;
  setB(pixel, kernelColumns * tap);
  for (let item = begin; item < end; item++) {
    const from = input + item * inputItem;
    const to = output + item * outputItem;
    let top = 0;
    let wholeRows = 0;
    setA(strideX * inputPixel, FLOAT, inputRow);
    setC(pixel, false);
    for (let y = 0; y < height; y++) {
      const first = firstTap(y, strideY, paddingY);
      const taps = tapsInside(y, strideY, paddingY, kernelRows, inputHeight);
      const whole = taps == kernelRows;
      if (whole && wholeRows++ == 0) top = y;
      const start = whole ? left : 0;
      const columns = whole ? right - left : width;
      const a = from + (y * strideY + first) * inputRow + start * strideX * inputPixel;
      setTerms(taps, kernelColumns * inputChannels);
      gemm(
        columns,
        channels,
        a,
        weight + first * kernelColumns * tap,
        bias,
        to + y * outputRow + start * pixel,
      );
    }
    setA(strideY * inputRow, FLOAT, inputRow);
    setC(outputRow, false);
    for (let x = 0; x < width; x++) {
      if (x == left) x = right;
      if (x >= width) break;
      const first = firstTap(x, strideX, paddingX);
      const taps = tapsInside(x, strideX, paddingX, kernelColumns, inputWidth);
      const a = from + top * strideY * inputRow + (x * strideX + first) * inputPixel;
      setTerms(taps > 0 ? kernelRows : 0, taps * inputChannels);
      gemm(wholeRows, channels, a, weight + first * tap, bias, to + top * outputRow + x * pixel);
    }
  }
}

/** The first of a kernel's taps that lies inside the image, for the output pixel `at`. */
function firstTap(at: i32, stride: i32, padding: i32): i32 {
  return max(0, padding - at * stride);
}

/** How many of a kernel's `taps` lie inside an image of `size` pixels, for the output pixel `at`. */
function tapsInside(at: i32, stride: i32, padding: i32, taps: i32, size: i32): i32 {
  return max(0, min(taps, size + padding - at * stride) - firstTap(at, stride, padding));
}

/**
 * With stride 1 the gradient of the input is a convolution of the gradient of the output with the transposed weight.
 *
 * @param outputGrad from the first pixel that the first pixel of the input's gradient needs on
 * @param paddingY what the forward pass's padding leaves of the kernel's rows but one; `paddingX` likewise
 */
export function conv2dInputGrad(
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
  conv2d(
    begin,
    end,
    outputGrad,
    outputItem,
    outputRow,
    outputHeight,
    outputWidth,
    outputChannels,
    kernelRows,
    kernelColumns,
    1,
    1,
    paddingY,
    paddingX,
    transposed,
    ZEROS,
    inputGrad,
    inputItem,
    inputRow,
    height,
    width,
    channels,
  );
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
  setC(strideX * pixel, true);
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
          gemm(last - first + 1, channels, from + first * outputPixel, weight, ZEROS, c);
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

/**
 * The gradients of weight and bias, summed over the images of a task. Taps are taken one by one, or the kernel's row at a
 * time where a tap's few channels would not fill a tile; output pixels whose taps all meet padding are left out.
 *
 * @param biasPartial `ZEROS` where there is no bias
 */
export function conv2dWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputHeight: i32,
  inputWidth: i32,
  inputChannels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
  outputGrad: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  const inputPixel = inputChannels * FLOAT;
  const pixel = channels * FLOAT;
  const tap = inputChannels * pixel;
  const together = inputChannels >= FEWEST_CHANNELS ? 1 : kernelColumns;
  memory.fill(weightPartial, 0, kernelRows * kernelColumns * tap);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  setA(FLOAT, strideX * inputPixel, strideY * inputRow);
  setB(pixel, outputRow);
  setC(pixel, true);
  for (let item = begin; item < end; item++) {
    const from = input + item * inputItem;
    const grad = outputGrad + item * outputItem;
    for (let ky = 0; ky < kernelRows; ky++) {
      const top = firstInside(ky - paddingY, strideY);
      const rows = min(height, floorDivide(inputHeight - 1 - ky + paddingY, strideY) + 1) - top;
      for (let kx = 0; kx < kernelColumns; kx += together) {
        const left = firstInside(kx + together - 1 - paddingX, strideX);
        const columns = min(width, floorDivide(inputWidth - 1 - kx + paddingX, strideX) + 1) - left;
        if (rows <= 0 || columns <= 0) continue;
        setTerms(rows, columns);
        const a = from + (top * strideY + ky) * inputRow + (left * strideX + kx) * inputPixel;
        const b = grad + top * outputRow + left * pixel;
        const c = weightPartial + (ky * kernelColumns + kx) * tap;
        gemm(together * inputChannels, channels, a, b, ZEROS, c);
      }
    }
    if (biasPartial == ZEROS) continue;
    for (let y = 0; y < height; y++) sumRows(grad + y * outputRow, width, channels, biasPartial);
  }
}
