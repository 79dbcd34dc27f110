import { gemm, ZEROS } from '../gemm';
import { FLOAT } from '../simd';
import { PANEL, setA, setBPanels, setC, setTerms } from '../tile';
import { transformInput } from './input';
import { transformOutput } from './output';
import { down, firstTile, rowTop, setBlock, setPosition, setRow, setTiles, tileCount } from './tiles';

/*
 * 3×3 convolutions of stride 1 and their gradients as 16 or 36 matrix products instead of 9 larger ones: for a tile of 2×2 outputs 16
 * multiplications instead of 36, for 4×4 outputs 36 instead of 144. This is faster if the sums are long enough to outweigh the
 * transforms. The rows of tiles of all images of a task are processed in blocks of `blockRows`, so that the transformed data stays in
 * the cache. The channels must be multiples of eight. Pitches are in bytes.
 */

/** Bytes from one position of a transformed weight to the next, given those of a row of the weight. */
export function planeOf(inputs: i32, row: i32): i32 {
  return (((row + PANEL - 1) / PANEL) * inputs + 1) * PANEL;
}

/**
 * A convolution, or a convolution that is pooled: one function, so that there is one copy of it. Rows of tiles are numbered over all
 * images: `down` rows per image of `across` tiles each.
 */
export function convolveTiles(
  pools: bool,
  tileSize: i32,
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
  minimum: f32,
  maximum: f32,
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
  // A short tile would split a window of pooling.
  setTiles(tileSize, height, width, pools);
  const positions = (tileSize + 2) * (tileSize + 2);
  const inputPixel = inputChannels * FLOAT;
  const pixel = channels * FLOAT;
  const matrix = planeOf(inputChannels, pixel);
  const products = scratch + positions * inputPlane;
  const spare = products + positions * outputPlane;
  setA(inputPixel, FLOAT, 0);
  setBPanels(inputChannels * PANEL);
  setC(pixel, false);
  setTerms(1, inputChannels);
  for (let first = begin * down; first < end * down; first += blockRows) {
    const last = min(first + blockRows, end * down);
    setBlock(first, last);
    for (let row = first; row < last; row++) {
      setRow(row);
      transformInput(
        tileSize,
        input + (row / down) * inputItem,
        inputRow,
        inputPixel,
        height,
        width,
        inputPlane,
        scratch,
        spare,
      );
    }
    for (let position = 0; position < positions; position++) {
      setPosition(position);
      const a = scratch + position * inputPlane + firstTile * inputPixel;
      const b = transformed + position * matrix;
      gemm(tileCount, channels, a, b, ZEROS, products + position * outputPlane + firstTile * pixel);
    }
    for (let row = first; row < last; row++) {
      setRow(row);
      transformOutput(
        pools,
        tileSize,
        products,
        outputPlane,
        bias,
        scale,
        shift,
        minimum,
        maximum,
        output + (row / down) * outputItem + (pools ? rowTop >> 1 : rowTop) * outputRow,
        outputRow,
        pixel,
        height,
        width,
        spare,
      );
    }
  }
}

/**
 * A convolution; or an input gradient, which is the convolution of the output gradient with the transposed weight.
 *
 * @param tileSize outputs of a tile, in each direction: 2 or 4
 * @param input the address of the first pixel of the padding
 * @param bias `ZEROS` if there is none
 * @param minimum the lower bound of the output: 0 for ReLU, or `UNBOUNDED`
 * @param maximum the upper bound of the output, or `UNBOUNDED_ABOVE`
 * @param transformed the result of `winogradWeight`
 * @param inputPlane bytes from one position of the input's tiles to the next in `scratch`; `outputPlane` likewise, after them
 */
export function winogradConv2d(
  begin: i32,
  end: i32,
  tileSize: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputChannels: i32,
  transformed: i32,
  bias: i32,
  minimum: f32,
  maximum: f32,
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
  convolveTiles(
    false,
    tileSize,
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
    minimum,
    maximum,
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
