import { addAndClear } from './lib/channelSums';
import { PoolWindows, windowsOf } from './lib/poolWindows';
import { CHANNELS, FLOAT, multiplyAdd, VECTOR } from './lib/simd';
import { pairedBytes } from './lib/tile';

/*
 * Batch normalization, ReLU and 2×2 max pooling in one pass, without intermediate results in memory. The backward pass finds the
 * maximum of each window again, and only the maximum receives a gradient. The channels must be a multiple of four. Pitches are in
 * bytes; `height` and `width` are those of the pooled image.
 */

/** `output = max(0, maximum of input · scale + shift under the window)` */
export function normReluPool2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
): void {
  const pixel = channels * FLOAT;
  const windows = windowsOf(pixel);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      let from = input + item * inputItem + 2 * y * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < width; x += windows) {
        const length = min(windows, width - x) * pixel;
        let c = 0;
        for (; c + CHANNELS <= pixel; c += CHANNELS) {
          PoolWindows.pool(true, from + c, inputRow, to + c, length, pixel, scale + c, shift + c);
        }
        if (c < pixel) {
          PoolWindows.pool(false, from + c, inputRow, to + c, length, pixel, scale + c, shift + c);
        }
        from += 2 * windows * pixel;
        to += windows * pixel;
      }
    }
  }
}

/**
 * The sums of `batchNormGradSums` over a task's images, directly from the gradient of the pooled image, which only reaches the first
 * maximum under each window, if that is positive.
 */
export function normReluPool2dGradSums(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
  mean: i32,
  sums: i32,
  scratch: i32,
): void {
  const pixel = channels * FLOAT;
  const windows = windowsOf(pixel);
  const pairs = pairedBytes(pixel);
  memory.fill(sums, 0, pixel * 4);
  memory.fill(scratch, 0, 2 * pixel);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      let from = input + item * inputItem + 2 * y * inputRow;
      let grads = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let x = 0; x < width; x += windows) {
        const length = min(windows, width - x) * pixel;
        let c = 0;
        for (; c < pairs; c += CHANNELS) {
          PoolWindows.addGrads(
            true,
            from + c,
            inputRow,
            grads + c,
            length,
            pixel,
            scale + c,
            shift + c,
            mean + c,
            scratch + c,
            scratch + pixel + c,
          );
        }
        for (; c < pixel; c += VECTOR) {
          PoolWindows.addGrads(
            false,
            from + c,
            inputRow,
            grads + c,
            length,
            pixel,
            scale + c,
            shift + c,
            mean + c,
            scratch + c,
            scratch + pixel + c,
          );
        }
        from += 2 * windows * pixel;
        grads += windows * pixel;
      }
      addAndClear(scratch, 2 * channels, sums);
    }
  }
}

/** `batchNormInputGrad`, directly from the gradient of the pooled image, including rows and columns that were not pooled. */
export function normReluPool2dInputGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputHeight: i32,
  inputWidth: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
  coefficients: i32,
): void {
  const pixel = channels * FLOAT;
  const windows = windowsOf(pixel);
  const pairs = pairedBytes(pixel);
  const pooled = 2 * width;
  for (let item = begin; item < end; item++) {
    const values = input + item * inputItem;
    const grads = inputGrad + item * inputGradItem;
    for (let y = 0; y < height; y++) {
      const row = 2 * y;
      let from = values + row * inputRow;
      let to = grads + row * inputGradRow;
      let at = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let x = 0; x < width; x += windows) {
        const length = min(windows, width - x) * pixel;
        let c = 0;
        for (; c < pairs; c += CHANNELS) {
          PoolWindows.inputGrads(
            true,
            from + c,
            inputRow,
            at + c,
            to + c,
            inputGradRow,
            length,
            pixel,
            scale + c,
            shift + c,
            coefficients + c,
            coefficients + pixel + c,
            coefficients + 2 * pixel + c,
          );
        }
        for (; c < pixel; c += VECTOR) {
          PoolWindows.inputGrads(
            false,
            from + c,
            inputRow,
            at + c,
            to + c,
            inputGradRow,
            length,
            pixel,
            scale + c,
            shift + c,
            coefficients + c,
            coefficients + pixel + c,
            coefficients + 2 * pixel + c,
          );
        }
        from += 2 * windows * pixel;
        to += 2 * windows * pixel;
        at += windows * pixel;
      }
      for (let r = row; r < row + 2; r++) {
        unpooled(values + r * inputRow, grads + r * inputGradRow, pooled, inputWidth, pixel, coefficients);
      }
    }
    for (let r = 2 * height; r < inputHeight; r++) {
      unpooled(values + r * inputRow, grads + r * inputGradRow, 0, inputWidth, pixel, coefficients);
    }
  }
}

/** The gradient of a row's pixels under no window, from column `first`. */
function unpooled(values: i32, grads: i32, first: i32, width: i32, pixel: i32, coefficients: i32): void {
  for (let c = 0; c < pixel; c += VECTOR) {
    const bs = v128.load(coefficients + pixel + c);
    const cs = v128.load(coefficients + 2 * pixel + c);
    for (let x = first; x < width; x++) {
      const at = x * pixel + c;
      v128.store(grads + at, multiplyAdd(bs, v128.load(values + at), cs));
    }
  }
}
