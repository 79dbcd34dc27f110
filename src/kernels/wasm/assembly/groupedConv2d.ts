import { depthwiseConv2d, depthwiseConv2dInputGrad } from './lib/depthwiseConv2d';
import { depthwiseConv2dWeightGrad } from './lib/depthwiseConv2dWeightGrad';
import { gemm, initialAt, ZEROS } from './lib/gemm';
import { FLOAT } from './lib/simd';
import { sumRows } from './lib/sumRows';
import { setA, setB, setC, setBounds, setTerms } from './lib/tile';

/*
 * Convolution in groups of channels: the outputs of a group depend on its inputs only, so that each group is a separate product; a single
 * group computes dilated convolutions. The weight is `[taps, inputs of a group, outputs]`. Inputs are read including the zeros of their halo. Pitches are in bytes.
 */

/**
 * @param input the address of the first pixel of the padding
 * @param minimum the lower bound of the output: 0 for ReLU, or `UNBOUNDED`
 * @param maximum the upper bound of the output, or `UNBOUNDED_ABOVE`
 */
export function groupedConv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputChannels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  groups: i32,
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
  if (isDepthwise(groups, inputChannels, outputChannels)) {
    depthwiseConv2d(
      begin,
      end,
      input,
      inputItem,
      inputRow,
      kernelHeight,
      kernelWidth,
      strideY,
      strideX,
      dilationY,
      dilationX,
      weight,
      bias,
      minimum,
      maximum,
      output,
      outputItem,
      outputRow,
      outputHeight,
      outputWidth,
      outputChannels,
    );
    return;
  }
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputChannels * FLOAT;
  const inputs = inputChannels / groups;
  const outputs = outputChannels / groups;
  const tap = inputs * pixel;
  setA(strideX * inputPixel, FLOAT, dilationX * inputPixel);
  setB(pixel, tap);
  setTerms(kernelWidth, inputs);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputHeight; y++) {
      const to = output + item * outputItem + y * outputRow;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const from = input + item * inputItem + (y * strideY + ky * dilationY) * inputRow;
        const taps = weight + ky * kernelWidth * tap;
        setC(pixel, ky > 0);
        if (ky == kernelHeight - 1) setBounds(minimum, maximum);
        for (let group = 0; group < groups; group++) {
          const first = group * outputs * FLOAT;
          const initial = ky > 0 ? ZEROS : initialAt(bias, first);
          gemm(outputWidth, outputs, from + group * inputs * FLOAT, taps + first, initial, to + first);
        }
      }
    }
  }
}

/**
 * Each output pixel adds to the gradients of the input pixels that it was computed from, tap by tap.
 *
 * @param transposed the weight as `[taps reversed, outputs, inputs of a group]`
 */
export function groupedConv2dInputGrad(
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
  groups: i32,
  transposed: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  inputGradHeight: i32,
  inputGradWidth: i32,
  inputGradChannels: i32,
): void {
  if (isDepthwise(groups, inputGradChannels, outputGradChannels)) {
    depthwiseConv2dInputGrad(
      begin,
      end,
      outputGrad,
      outputGradItem,
      outputGradRow,
      outputGradHeight,
      outputGradWidth,
      kernelHeight,
      kernelWidth,
      strideY,
      strideX,
      dilationY,
      dilationX,
      paddingY,
      paddingX,
      transposed,
      inputGrad,
      inputGradItem,
      inputGradRow,
      inputGradHeight,
      inputGradWidth,
      inputGradChannels,
    );
    return;
  }
  const outputPixel = outputGradChannels * FLOAT;
  const pixel = inputGradChannels * FLOAT;
  const inputs = inputGradChannels / groups;
  const outputs = outputGradChannels / groups;
  const row = inputs * FLOAT;
  const lastTap = kernelHeight * kernelWidth - 1;
  setA(outputPixel, FLOAT, 0);
  setB(row, 0);
  setTerms(1, outputs);
  setC(strideX * pixel, true);
  for (let item = begin; item < end; item++) {
    const to = inputGrad + item * inputGradItem;
    for (let y = 0; y < inputGradHeight; y++) memory.fill(to + y * inputGradRow, 0, inputGradWidth * pixel);
    for (let y = 0; y < outputGradHeight; y++) {
      for (let ky = 0; ky < kernelHeight; ky++) {
        const inputY = y * strideY + ky * dilationY - paddingY;
        if (inputY < 0 || inputY >= inputGradHeight) continue;
        for (let kx = 0; kx < kernelWidth; kx++) {
          const offset = kx * dilationX - paddingX;
          let first = 0;
          let last = outputGradWidth - 1;
          while (first <= last && first * strideX + offset < 0) first++;
          while (last >= first && last * strideX + offset >= inputGradWidth) last--;
          if (last < first) continue;
          const from = outputGrad + item * outputGradItem + y * outputGradRow + first * outputPixel;
          const c = to + inputY * inputGradRow + (first * strideX + offset) * pixel;
          const tap = transposed + (lastTap - ky * kernelWidth - kx) * outputGradChannels * row;
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
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  dilationY: i32,
  dilationX: i32,
  groups: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  outputGradChannels: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  if (isDepthwise(groups, inputChannels, outputGradChannels)) {
    depthwiseConv2dWeightGrad(
      begin,
      end,
      input,
      inputItem,
      inputRow,
      kernelHeight,
      kernelWidth,
      strideY,
      strideX,
      dilationY,
      dilationX,
      outputGrad,
      outputGradItem,
      outputGradRow,
      outputGradHeight,
      outputGradWidth,
      outputGradChannels,
      weightPartial,
      biasPartial,
    );
    return;
  }
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputGradChannels * FLOAT;
  const inputs = inputChannels / groups;
  const outputs = outputGradChannels / groups;
  const tap = inputs * pixel;
  memory.fill(weightPartial, 0, kernelHeight * kernelWidth * tap);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  setA(FLOAT, strideX * inputPixel, strideY * inputRow);
  setB(pixel, outputGradRow);
  setTerms(outputGradHeight, outputGradWidth);
  setC(pixel, true);
  for (let item = begin; item < end; item++) {
    const grads = outputGrad + item * outputGradItem;
    for (let ky = 0; ky < kernelHeight; ky++) {
      for (let kx = 0; kx < kernelWidth; kx++) {
        const from = input + item * inputItem + ky * dilationY * inputRow + kx * dilationX * inputPixel;
        const to = weightPartial + (ky * kernelWidth + kx) * tap;
        for (let group = 0; group < groups; group++) {
          const first = group * outputs * FLOAT;
          gemm(inputs, outputs, from + group * inputs * FLOAT, grads + first, ZEROS, to + first);
        }
      }
    }
    if (biasPartial == ZEROS) continue;
    for (let y = 0; y < outputGradHeight; y++)
      sumRows(grads + y * outputGradRow, outputGradWidth, outputGradChannels, biasPartial);
  }
}

/** Whether each channel is a group of its own, in the input and in the output. */
function isDepthwise(groups: i32, inputs: i32, outputs: i32): bool {
  return groups == inputs && groups == outputs;
}
