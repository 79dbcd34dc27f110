import { UNBOUNDED, UNBOUNDED_ABOVE } from './lib/simd';
import { convolveTiles } from './lib/winograd/conv2d';

/**
 * A convolution fused with `normReluPool2d`: a tile is a window of the pooling, so that the convolution's output is never written.
 */
export function conv2dNormReluPool2d(
  begin: i32,
  end: i32,
  tileSize: i32,
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
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
  blockRows: i32,
  inputPlane: i32,
  outputPlane: i32,
  scratch: i32,
): void {
  convolveTiles(
    true,
    tileSize,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    inputChannels,
    transformed,
    bias,
    scale,
    shift,
    UNBOUNDED,
    UNBOUNDED_ABOVE,
    output,
    outputItem,
    outputRow,
    2 * outputHeight,
    2 * outputWidth,
    outputChannels,
    blockRows,
    inputPlane,
    outputPlane,
    scratch,
  );
}
