import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumRows } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';
import { POSITIONS, transformGrad, transformInput } from './winogradInput';
import { transformSums } from './winogradOutput';

/**
 * The gradients of weight and bias, summed over the images of a task.
 *
 * @param biasPartial `ZEROS` if there is no bias
 */
export function winogradConv2dWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputChannels: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  outputGradChannels: i32,
  weightPartial: i32,
  biasPartial: i32,
  blockRows: i32,
  inputPlane: i32,
  outputPlane: i32,
  scratch: i32,
): void {
  const across = (outputGradWidth + 1) >> 1;
  const down = (outputGradHeight + 1) >> 1;
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputGradChannels * FLOAT;
  const matrix = inputChannels * pixel;
  const grads = scratch + POSITIONS * inputPlane;
  const sums = grads + POSITIONS * outputPlane;
  memory.fill(sums, 0, POSITIONS * matrix);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  setA(FLOAT, inputPixel, 0);
  setB(pixel, 0);
  setC(pixel, true);
  for (let first = begin * down; first < end * down; first += blockRows) {
    const last = min(first + blockRows, end * down);
    for (let row = first; row < last; row++) {
      const item = row / down;
      const y = 2 * (row % down);
      const tiles = (row - first) * across;
      const from = input + item * inputItem + y * inputRow;
      const grad = outputGrad + item * outputGradItem + y * outputGradRow;
      transformInput(
        from,
        inputRow,
        inputPixel,
        outputGradHeight - y,
        outputGradWidth,
        inputPlane,
        scratch + tiles * inputPixel,
      );
      transformGrad(
        grad,
        outputGradRow,
        pixel,
        outputGradHeight - y,
        outputGradWidth,
        outputPlane,
        grads + tiles * pixel,
      );
      if (biasPartial == ZEROS) continue;
      sumRows(grad, outputGradWidth, outputGradChannels, biasPartial);
      if (y + 1 < outputGradHeight)
        sumRows(grad + outputGradRow, outputGradWidth, outputGradChannels, biasPartial);
    }
    setTerms(1, (last - first) * across);
    for (let position = 0; position < POSITIONS; position++) {
      const a = scratch + position * inputPlane;
      const b = grads + position * outputPlane;
      gemm(inputChannels, outputGradChannels, a, b, ZEROS, sums + position * matrix);
    }
  }
  transformSums(sums, matrix, weightPartial);
}
