import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { setA, setB, setC, setTerms } from './tile';
import { POSITIONS, transformInput } from './winogradInput';
import { transformAndPool, transformOutput } from './winogradOutput';

/*
 * 3×3 convolutions of stride 1 and their gradients as 16 matrix products instead of 9 larger ones: 16 multiplications instead of 36
 * for a tile of 2×2 outputs. This is faster if the sums are long enough to outweigh the transforms. The rows of tiles of all images of
 * a task are processed in blocks of `blockRows`, so that the transformed data stays in the cache. The channels must be multiples of
 * four. Pitches are in bytes.
 */

export class Winograd {
  /** Rows of tiles are numbered over all images: `down` rows per image of `across` tiles each. */
  @inline
  static conv2d(
    pools: bool,
    begin: i32,
    end: i32,
    input: i32,
    inputItem: i32,
    inputRow: i32,
    inputChannels: i32,
    transformed: i32,
    bias: i32,
    scale: i32,
    shift: i32,
    output: i32,
    outputItem: i32,
    outputRow: i32,
    height: i32,
    width: i32,
    channels: i32,
    blockRows: i32,
    inputPlane: i32,
    outputPlane: i32,
    scratch: i32,
  ): void {
    const across = (width + 1) >> 1;
    const down = (height + 1) >> 1;
    const inputPixel = inputChannels * FLOAT;
    const pixel = channels * FLOAT;
    const products = scratch + POSITIONS * inputPlane;
    setA(inputPixel, FLOAT, 0);
    setB(pixel, 0);
    setC(pixel, false);
    setTerms(1, inputChannels);
    for (let first = begin * down; first < end * down; first += blockRows) {
      const last = min(first + blockRows, end * down);
      for (let row = first; row < last; row++) {
        const y = 2 * (row % down);
        const from = input + (row / down) * inputItem + y * inputRow;
        const to = scratch + (row - first) * across * inputPixel;
        transformInput(from, inputRow, inputPixel, height - y, width, inputPlane, to);
      }
      for (let position = 0; position < POSITIONS; position++) {
        const a = scratch + position * inputPlane;
        const b = transformed + position * inputChannels * pixel;
        gemm((last - first) * across, channels, a, b, ZEROS, products + position * outputPlane);
      }
      for (let row = first; row < last; row++) {
        const tile = row % down;
        const from = products + (row - first) * across * pixel;
        const to = output + (row / down) * outputItem;
        if (pools) {
          transformAndPool(from, outputPlane, bias, scale, shift, to + tile * outputRow, pixel, width);
        } else {
          const y = 2 * tile;
          transformOutput(from, outputPlane, bias, to + y * outputRow, outputRow, pixel, height - y, width);
        }
      }
    }
  }
}

/**
 * A convolution; or an input gradient, which is the convolution of the output gradient with the transposed weight.
 *
 * @param input the address of the first pixel of the padding
 * @param bias `ZEROS` if there is none
 * @param transformed the result of `winogradWeight`
 * @param inputPlane bytes from one position of the input's tiles to the next in `scratch`; `outputPlane` likewise, after them
 */
export function winogradConv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputChannels: i32,
  transformed: i32,
  bias: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
  blockRows: i32,
  inputPlane: i32,
  outputPlane: i32,
  scratch: i32,
): void {
  Winograd.conv2d(
    false,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    inputChannels,
    transformed,
    bias,
    0,
    0,
    output,
    outputItem,
    outputRow,
    outputHeight,
    outputWidth,
    outputChannels,
    blockRows,
    inputPlane,
    outputPlane,
    scratch,
  );
}
