import { ZEROS } from './lib/gemm';
import { Normalize } from './lib/normalize';

export { normReluGradSums } from './lib/normGradSums';
export { normReluInputGrad } from './lib/normInputGrad';

/**
 * Batch normalization, the optional sum of a residual and ReLU in one pass: `output = min(max(0, input · scale + shift + other), maximum)`.
 * The backward pass computes again from the input where ReLU is active. Pitches are in bytes.
 *
 * @param other `ZEROS` if nothing is added
 */
export function normRelu(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  other: i32,
  otherItem: i32,
  otherRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
  maximum: f32,
): void {
  if (other == ZEROS) {
    Normalize.images(
      true,
      false,
      begin,
      end,
      input,
      inputItem,
      inputRow,
      other,
      otherItem,
      otherRow,
      output,
      outputItem,
      outputRow,
      height,
      width,
      channels,
      scale,
      shift,
      maximum,
    );
  } else {
    Normalize.images(
      true,
      true,
      begin,
      end,
      input,
      inputItem,
      inputRow,
      other,
      otherItem,
      otherRow,
      output,
      outputItem,
      outputRow,
      height,
      width,
      channels,
      scale,
      shift,
      maximum,
    );
  }
}
