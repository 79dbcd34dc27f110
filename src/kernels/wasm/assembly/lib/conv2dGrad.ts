import { countOf } from '../generated/step';
import { zeroRows } from './zeroRows';
import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumImages } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';

/** The minimum number of channels with which one tap fills the rows of a tile. */
const MIN_CHANNELS: i32 = 4;

/**
 * The input gradient for any stride and dilation: each output pixel adds to the gradients of the input pixels that it was computed from, tap by
 * tap, so that the rows of a product are the output pixels whose tap lies inside the image.
 */
export function conv2dInputGradStrided(
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
  const outputPixel = outputGradChannels * FLOAT;
  const pixel = inputGradChannels * FLOAT;
  const tap = outputPixel * inputGradChannels;
  setA(outputPixel, FLOAT, 0);
  setB(pixel, 0);
  setTerms(1, outputGradChannels);
  setC(strideX * pixel, true);
  for (let item = begin; item < end; item++) {
    const to = inputGrad + item * inputGradItem;
    for (let y = 0; y < inputGradHeight; y++) memory.fill(to + y * inputGradRow, 0, inputGradWidth * pixel);
    for (let y = 0; y < outputGradHeight; y++) {
      const from = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const inputY = y * strideY + ky * dilationY - paddingY;
        if (inputY < 0 || inputY >= inputGradHeight) continue;
        for (let kx = 0; kx < kernelWidth; kx++) {
          const offset = kx * dilationX - paddingX;
          const first = firstInside(offset, strideX);
          const last = min(outputGradWidth - 1, floorDivide(inputGradWidth - 1 - offset, strideX));
          if (last < first) continue;
          const c = to + inputY * inputGradRow + (first * strideX + offset) * pixel;
          const weight = transposed + ((kernelHeight - 1 - ky) * kernelWidth + kernelWidth - 1 - kx) * tap;
          gemm(last - first + 1, inputGradChannels, from + first * outputPixel, weight, ZEROS, c);
        }
      }
    }
  }
}

/** The first x >= 0 for which `x · stride + offset` is not negative. */
function firstInside(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}

/** Division that rounds down also for negative dividends, unlike integer division, which rounds toward zero. */
function floorDivide(a: i32, b: i32): i32 {
  return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/**
 * The gradients of weight and bias, summed over one of `groups` groups of images, for a range of output channels. Each tap is a product;
 * if the channels of a tap would not fill a tile, each row of the kernel is, unless it is dilated. Output pixels whose taps all lie in the padding are skipped.
 *
 * @param biasPartial `ZEROS` if there is no bias; it is written with the first output channel
 */
export function conv2dWeightGrad(
  step: i32,
  steps: i32,
  group: i32,
  groups: i32,
  firstChannel: i32,
  lastChannel: i32,
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
  dilationY: i32,
  dilationX: i32,
  paddingY: i32,
  paddingX: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  outputGradChannels: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  const images = <i32>countOf(steps, step);
  const begin = (images * group) / groups;
  const end = (images * (group + 1)) / groups;
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputGradChannels * FLOAT;
  const tap = inputChannels * pixel;
  const offset = firstChannel * FLOAT;
  const together = inputChannels >= MIN_CHANNELS || dilationX > 1 ? 1 : kernelWidth;
  setA(FLOAT, strideX * inputPixel, strideY * inputRow);
  setB(pixel, outputGradRow);
  for (let ky = 0; ky < kernelHeight; ky++) {
    const down = ky * dilationY;
    const top = firstInside(down - paddingY, strideY);
    const rows = min(outputGradHeight, floorDivide(inputHeight - 1 - down + paddingY, strideY) + 1) - top;
    for (let kx = 0; kx < kernelWidth; kx += together) {
      const across = kx * dilationX;
      const left = firstInside(across + together - 1 - paddingX, strideX);
      const columns =
        min(outputGradWidth, floorDivide(inputWidth - 1 - across + paddingX, strideX) + 1) - left;
      const sums = weightPartial + (ky * kernelWidth + kx) * tap;
      if (rows <= 0 || columns <= 0 || begin == end) {
        zeroRows(sums, together * inputChannels, pixel, firstChannel, lastChannel);
        continue;
      }
      setTerms(rows, columns);
      for (let item = begin; item < end; item++) {
        setC(pixel, item > begin);
        const a =
          input +
          item * inputItem +
          (top * strideY + down) * inputRow +
          (left * strideX + across) * inputPixel;
        const b = outputGrad + item * outputGradItem + top * outputGradRow + left * pixel + offset;
        gemm(together * inputChannels, lastChannel - firstChannel, a, b, ZEROS, sums + offset);
      }
    }
  }
  if (biasPartial == ZEROS || firstChannel > 0) return;
  sumImages(
    begin,
    end,
    outputGrad,
    outputGradItem,
    outputGradRow,
    outputGradHeight,
    outputGradWidth,
    outputGradChannels,
    biasPartial,
  );
}
