import { gemm, ZEROS } from './lib/gemm';
import { FLOAT, UNBOUNDED, UNBOUNDED_ABOVE } from './lib/simd';
import { setA, setB, setC, setBounds, setTerms, tileHeight } from './lib/tile';

export { conv2dInputGradStrided, conv2dWeightGrad } from './lib/conv2dGrad';
export { winogradConv2d } from './lib/winograd/conv2d';
export { winogradConv2dWeightGrad } from './lib/winograd/conv2dWeightGrad';

/*
 * The channels of a pixel are contiguous, and so are the pixels under one row of a kernel. A row of the output is therefore a matrix
 * product without any copying, whose sums have a segment for each row of the kernel. Pitches are in bytes.
 */

/**
 * Skips terms that would multiply padding: rows of the kernel everywhere, its columns where at least half of them lie outside the
 * image. Such columns of the output are separate products, because all sums of a product have the same length.
 *
 * @param input the address of the first pixel of the padding
 * @param minimum the lower bound of the output: 0 for ReLU, or `UNBOUNDED`
 * @param maximum the upper bound of the output, or `UNBOUNDED_ABOVE`
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
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
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
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputChannels * FLOAT;
  const tap = inputChannels * pixel;
  if (
    kernelHeight * kernelWidth * strideY * strideX == 1 &&
    inputRow == outputWidth * inputPixel &&
    outputRow == outputWidth * pixel
  ) {
    const size = outputHeight * outputWidth;
    const isContiguous = inputItem == size * inputPixel && outputItem == size * pixel;
    const together = isContiguous ? end - begin : 1;
    for (let item = begin; item < end; item += together) {
      const from = input + item * inputItem;
      pointwise(
        together * size,
        inputChannels,
        outputChannels,
        from,
        weight,
        bias,
        minimum,
        maximum,
        output + item * outputItem,
      );
    }
    return;
  }
  let left = 0;
  let right = outputWidth;
  while (left < right && 2 * tapsInside(left, strideX, paddingX, kernelWidth, inputWidth) <= kernelWidth)
    left++;
  while (left < right && 2 * tapsInside(right - 1, strideX, paddingX, kernelWidth, inputWidth) <= kernelWidth)
    right--;
  setB(pixel, kernelWidth * tap);
  for (let item = begin; item < end; item++) {
    const from = input + item * inputItem;
    const to = output + item * outputItem;
    let top = 0;
    let fullRows = 0;
    setA(strideX * inputPixel, FLOAT, inputRow);
    setC(pixel, false);
    setBounds(minimum, maximum);
    for (let y = 0; y < outputHeight; y++) {
      const first = firstTap(y, strideY, paddingY);
      const taps = tapsInside(y, strideY, paddingY, kernelHeight, inputHeight);
      const isFull = taps == kernelHeight;
      if (isFull && fullRows++ == 0) top = y;
      const start = isFull ? left : 0;
      const columns = isFull ? right - left : outputWidth;
      const a = from + (y * strideY + first) * inputRow + start * strideX * inputPixel;
      setTerms(taps, kernelWidth * inputChannels);
      gemm(
        columns,
        outputChannels,
        a,
        weight + first * kernelWidth * tap,
        bias,
        to + y * outputRow + start * pixel,
      );
    }
    setA(strideY * inputRow, FLOAT, inputRow);
    setC(outputRow, false);
    setBounds(minimum, maximum);
    for (let x = 0; x < outputWidth; x++) {
      if (x == left) x = right;
      if (x >= outputWidth) break;
      const first = firstTap(x, strideX, paddingX);
      const taps = tapsInside(x, strideX, paddingX, kernelWidth, inputWidth);
      const a = from + top * strideY * inputRow + (x * strideX + first) * inputPixel;
      setTerms(taps > 0 ? kernelHeight : 0, taps * inputChannels);
      gemm(fullRows, outputChannels, a, weight + first * tap, bias, to + top * outputRow + x * pixel);
    }
  }
}

/** Bytes of the rows of A that are multiplied by all columns of B before the next rows: a part of a second-level cache. */
const BLOCK: i32 = 1 << 18;

/** A convolution of single pixels as one product, whose rows need not be those of an image: short ones would not fill its tiles. */
function pointwise(
  pixels: i32,
  inputChannels: i32,
  outputChannels: i32,
  input: i32,
  weight: i32,
  bias: i32,
  minimum: f32,
  maximum: f32,
  output: i32,
): void {
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputChannels * FLOAT;
  const rows = max(tileHeight, (BLOCK / inputPixel / tileHeight) * tileHeight);
  setA(inputPixel, FLOAT, 0);
  setB(pixel, 0);
  setC(pixel, false);
  setBounds(minimum, maximum);
  setTerms(1, inputChannels);
  for (let first = 0; first < pixels; first += rows) {
    gemm(
      min(rows, pixels - first),
      outputChannels,
      input + first * inputPixel,
      weight,
      bias,
      output + first * pixel,
    );
  }
}

/** The first tap of a kernel that lies inside the image, for the output pixel `at`. */
function firstTap(at: i32, stride: i32, padding: i32): i32 {
  return max(0, padding - at * stride);
}

/** The number of a kernel's `taps` that lie inside an image of `size` pixels, for the output pixel `at`. */
function tapsInside(at: i32, stride: i32, padding: i32, taps: i32, size: i32): i32 {
  return max(0, min(taps, size + padding - at * stride) - firstTap(at, stride, padding));
}

/**
 * With a stride of 1, the input gradient is the convolution of the output gradient with the transposed weight.
 *
 * @param outputGrad the address of the first pixel of the padding
 * @param paddingY the kernel's height minus 1 minus the padding of the forward pass; `paddingX` likewise
 */
export function conv2dInputGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  outputGradChannels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
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
  conv2d(
    begin,
    end,
    outputGrad,
    outputGradItem,
    outputGradRow,
    outputGradHeight,
    outputGradWidth,
    outputGradChannels,
    kernelHeight,
    kernelWidth,
    1,
    1,
    paddingY,
    paddingX,
    transposed,
    ZEROS,
    UNBOUNDED,
    UNBOUNDED_ABOVE,
    inputGrad,
    inputGradItem,
    inputGradRow,
    inputGradHeight,
    inputGradWidth,
    inputGradChannels,
  );
}
