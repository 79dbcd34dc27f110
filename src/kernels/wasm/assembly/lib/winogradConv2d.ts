import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { setA, setB, setC, setTerms } from './tile';
import { PLACES, transformInput } from './winogradInput';
import { transformAndPool, transformOutput } from './winogradOutput';

/*
 * 3×3 convolutions of stride 1 and their gradients in 16 products of matrices instead of 9 larger ones: 16 multiplications for
 * a tile of 2×2 outputs that has 36. It pays where a product's sums are long enough for the transforms not to count. Rows of
 * tiles are taken one behind the other, over the images of a task, `blockRows` of them a time, so that what lies in between
 * stays in the cache. Channels come in fours. Pitches are in bytes.
 */

export class Winograd {
  /** Rows of tiles are counted over all images: `down` of them an image, `across` tiles each. */
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
    const products = scratch + PLACES * inputPlane;
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
      for (let place = 0; place < PLACES; place++) {
        const a = scratch + place * inputPlane;
        const b = transformed + place * inputChannels * pixel;
        gemm((last - first) * across, channels, a, b, ZEROS, products + place * outputPlane);
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
 * A convolution; or the gradient of its input, which is a convolution of the gradient with the transposed weight.
 *
 * @param input from the first pixel that the first output reads on
 * @param bias `ZEROS` for none
 * @param transformed the weight, as `winogradWeight` leaves it
 * @param inputPlane bytes from one place of the input's tiles to the next in `scratch`; `outputPlane` likewise, behind them
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
