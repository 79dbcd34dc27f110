import { countOf } from '../../generated/step';
import { zeroRows } from '../zeroRows';
import { gemm, ZEROS } from '../gemm';
import { FLOAT } from '../simd';
import { sumImages } from '../sumRows';
import { setA, setB, setC, setTerms } from '../tile';
import { transformGrad, transformInput } from './input';
import { transformSums } from './output';
import { down, firstTile, setBlock, setPosition, setRow, setTiles, tileCount } from './tiles';

/**
 * The gradients of weight and bias, summed over one of `groups` groups of images, for a range of output channels. The columns of the
 * weight are computed in blocks of `blockChannels`, and the rows of tiles in blocks of `blockRows`, so that all data of a block stays
 * in the cache.
 *
 * @param biasPartial `ZEROS` if there is no bias; it is written with the first output channel
 */
export function winogradConv2dWeightGrad(
  step: i32,
  steps: i32,
  group: i32,
  groups: i32,
  firstChannel: i32,
  lastChannel: i32,
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
  const images = <i32>countOf(steps, step);
  const begin = (images * group) / groups;
  const end = (images * (group + 1)) / groups;
  const positions = (tileSize + 2) * (tileSize + 2);
  const inputPixel = inputChannels * FLOAT;
  const pixel = outputGradChannels * FLOAT;
  const grads = scratch + positions * inputPlane;
  const sums = grads + positions * outputPlane;
  const spare = sums + positions * sumPlane;
  if (begin == end) zeroRows(weightPartial, 9 * inputChannels, pixel, firstChannel, lastChannel);
  let transformedFrom = -1;
  setTiles(tileSize, outputGradHeight, outputGradWidth, false);
  for (let channel = firstChannel; begin < end && channel < lastChannel; channel += blockChannels) {
    const columns = min(blockChannels, lastChannel - channel);
    const block = columns * FLOAT;
    const offset = channel * FLOAT;
    for (let first = begin * down; first < end * down; first += blockRows) {
      const last = min(first + blockRows, end * down);
      setBlock(first, last);
      for (let row = first; row < last; row++) {
        const item = row / down;
        setRow(row);
        if (first != transformedFrom) {
          transformInput(
            tileSize,
            input + item * inputItem,
            inputRow,
            inputPixel,
            outputGradHeight,
            outputGradWidth,
            inputPlane,
            scratch,
            spare,
          );
        }
        transformGrad(
          tileSize,
          outputGrad + item * outputGradItem + offset,
          outputGradRow,
          pixel,
          block,
          outputGradHeight,
          outputGradWidth,
          outputPlane,
          grads,
          spare,
        );
      }
      transformedFrom = first;
      setA(FLOAT, inputPixel, 0);
      setB(block, 0);
      setC(block, first > begin * down);
      for (let position = 0; position < positions; position++) {
        setPosition(position);
        setTerms(1, tileCount);
        const a = scratch + position * inputPlane + firstTile * inputPixel;
        const b = grads + position * outputPlane + firstTile * block;
        gemm(inputChannels, columns, a, b, ZEROS, sums + position * sumPlane);
      }
    }
    transformSums(tileSize, sums, sumPlane, inputChannels, block, weightPartial + offset, pixel);
  }
  if (biasPartial == ZEROS || firstChannel > 0) return;
  sumImages(
    begin,
    end,
    outputGrad,
    outputGradItem,
    outputGradRow,
    outputGradHeight,
    outputGradWidth,
    outputGradChannels,
    biasPartial,
  );
}
