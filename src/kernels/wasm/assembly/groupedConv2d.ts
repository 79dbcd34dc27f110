import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumRows } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';

/*
 * Convolution in groups of channels: a group's outputs see its inputs only, so that each group is a product of its own. The
 * weight is `[taps, inputs of a group, outputs]`. Inputs are read with the zeros of their halo around them. Pitches are in bytes.
 */

/** @param input with its padding, from the first padded pixel on */
export function groupedConv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputChannels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  strideY: i32,
  strideX: i32,
  groups: i32,
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
  const inputs = inputChannels / groups;
  const outputs = channels / groups;
  const tap = inputs * pixel;
  setA(strideX * inputPixel, FLOAT, inputPixel);
  setB(pixel, tap);
  setTerms(kernelColumns, inputs);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      const to = output + item * outputItem + y * outputRow;
      for (let ky = 0; ky < kernelRows; ky++) {
        const from = input + item * inputItem + (y * strideY + ky) * inputRow;
        const taps = weight + ky * kernelColumns * tap;
        setC(pixel, ky > 0);
        for (let group = 0; group < groups; group++) {
          const first = group * outputs * FLOAT;
          const initial = ky > 0 || bias == ZEROS ? ZEROS : bias + first;
          gemm(width, outputs, from + group * inputs * FLOAT, taps + first, initial, to + first);
        }
      }
    }
  }
}

/**
 * Each output pixel adds to the input pixels it came from, tap by tap.
 *
 * @param transposed the weight as `[taps reversed, outputs, inputs of a group]`
 */
export function groupedConv2dInputGrad(
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
  groups: i32,
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
  const inputs = channels / groups;
  const outputs = outputChannels / groups;
  const row = inputs * FLOAT;
  const lastTap = kernelRows * kernelColumns - 1;
  setA(outputPixel, FLOAT, 0);
  setB(row, 0);
  setTerms(1, outputs);
  setC(strideX * pixel, true);
  for (let item = begin; item < end; item++) {
    const to = inputGrad + item * inputItem;
    for (let y = 0; y < height; y++) memory.fill(to + y * inputRow, 0, width * pixel);
    for (let y = 0; y < outputHeight; y++) {
      for (let ky = 0; ky < kernelRows; ky++) {
        const inputY = y * strideY + ky - paddingY;
        if (inputY < 0 || inputY >= height) continue;
        for (let kx = 0; kx < kernelColumns; kx++) {
          let first = 0;
          let last = outputWidth - 1;
          while (first <= last && first * strideX + kx < paddingX) first++;
          while (last >= first && last * strideX + kx - paddingX >= width) last--;
          if (last < first) continue;
          const from = outputGrad + item * outputItem + y * outputRow + first * outputPixel;
          const c = to + inputY * inputRow + (first * strideX + kx - paddingX) * pixel;
          const tap = transposed + (lastTap - ky * kernelColumns - kx) * outputChannels * row;
          for (let group = 0; group < groups; group++) {
            const a = from + group * outputs * FLOAT;
            gemm(last - first + 1, inputs, a, tap + group * outputs * row, ZEROS, c + group * row);
          }
        }
      }
    }
  }
}

/** The gradients of weight and bias, summed over the images of a task. */
export function groupedConv2dWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputChannels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  strideY: i32,
  strideX: i32,
  groups: i32,
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
  const inputs = inputChannels / groups;
  const outputs = channels / groups;
  const tap = inputs * pixel;
  memory.fill(weightPartial, 0, kernelRows * kernelColumns * tap);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  setA(FLOAT, strideX * inputPixel, strideY * inputRow);
  setB(pixel, outputRow);
  setTerms(height, width);
  setC(pixel, true);
  for (let item = begin; item < end; item++) {
    const grads = outputGrad + item * outputItem;
    for (let ky = 0; ky < kernelRows; ky++) {
      for (let kx = 0; kx < kernelColumns; kx++) {
        const from = input + item * inputItem + ky * inputRow + kx * inputPixel;
        const to = weightPartial + (ky * kernelColumns + kx) * tap;
        for (let group = 0; group < groups; group++) {
          const first = group * outputs * FLOAT;
          gemm(inputs, outputs, from + group * inputs * FLOAT, grads + first, ZEROS, to + first);
        }
      }
    }
    if (biasPartial == ZEROS) continue;
    for (let y = 0; y < height; y++) sumRows(grads + y * outputRow, width, channels, biasPartial);
  }
}
