import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumRows } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';
import { transformGrad, transformInput } from './winogradInput';
import { transformSums } from './winogradOutput';

/**
 * The gradients of weight and bias, summed over the images of a task. The columns of the weight are computed in blocks of
 * `blockChannels`, and the rows of tiles in blocks of `blockRows`, so that all data of a block stays in the cache.
 *
 * @param biasPartial `ZEROS` if there is no bias
 */
export function winogradConv2dWeightGrad(
  begin: i32,
  end: i32,
  tileSize: i32,
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
  blockChannels: i32,
  inputPlane: i32,
  outputPlane: i32,
  sumPlane: i32,
  scratch: i32,
): void {
  const across = (outputGradWidth + tileSize - 1) / tileSize;
  const down = (outputGradHeight + tileSize - 1) / tileSize;
  const positions = (tileSize + 2) * (tileSize + 2);
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputGradChannels * FLOAT;
  const grads = scratch + positions * inputPlane;
  const sums = grads + positions * outputPlane;
  const spare = sums + positions * sumPlane;
  if (begin == end) memory.fill(weightPartial, 0, 9 * inputChannels * pixel);
  let transformedFrom = -1;
  for (let channel = 0; begin < end && channel < outputGradChannels; channel += blockChannels) {
    const columns = min(blockChannels, outputGradChannels - channel);
    const block = columns * FLOAT;
    const offset = channel * FLOAT;
    for (let first = begin * down; first < end * down; first += blockRows) {
      const last = min(first + blockRows, end * down);
      for (let row = first; row < last; row++) {
        const item = row / down;
        const y = tileSize * (row % down);
        const tiles = (row - first) * across;
        if (first != transformedFrom) {
          transformInput(
            tileSize,
            input + item * inputItem + y * inputRow,
            inputRow,
            inputPixel,
            outputGradHeight - y,
            outputGradWidth,
            inputPlane,
            scratch + tiles * inputPixel,
            spare,
          );
        }
        transformGrad(
          tileSize,
          outputGrad + item * outputGradItem + y * outputGradRow + offset,
          outputGradRow,
          pixel,
          block,
          outputGradHeight - y,
          outputGradWidth,
          outputPlane,
          grads + tiles * block,
          spare,
        );
      }
      transformedFrom = first;
      setA(FLOAT, inputPixel, 0);
      setB(block, 0);
      setC(block, first > begin * down);
      setTerms(1, (last - first) * across);
      for (let position = 0; position < positions; position++) {
        const a = scratch + position * inputPlane;
        const b = grads + position * outputPlane;
        gemm(inputChannels, columns, a, b, ZEROS, sums + position * sumPlane);
      }
    }
    transformSums(tileSize, sums, sumPlane, inputChannels, block, weightPartial + offset, pixel);
  }
  if (biasPartial == ZEROS) return;
  memory.fill(biasPartial, 0, pixel);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputGradHeight; y++) {
      const row = outputGrad + item * outputGradItem + y * outputGradRow;
      sumRows(row, outputGradWidth, outputGradChannels, biasPartial);
    }
  }
}
