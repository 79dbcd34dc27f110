import { imageLayout } from '../../plan/tensor.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { gridOf, pixelIndex } from './lib/indices.js';

/** `output[y, x, c]` is the mean of `input[y · stride + ky, x · stride + kx, c]` over ky and kx. */
export const avgPool2d: ReferenceKernel<'avgPool2d'> = ({ reads, writes, kernel, stride }, memory) => {
  const input = memory.floats(reads.input);
  const output = memory.floats(writes.output);
  const from = imageLayout(reads.input);
  const to = imageLayout(writes.output);
  const taps = gridOf(...kernel);
  const pixels = gridOf(to.height, to.width);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of pixels) {
        for (let c = 0; c < to.channels; c++) {
          let sum = 0;
          for (const [ky, kx] of taps) {
            sum += input[pixelIndex(from, item, y * stride[0] + ky, x * stride[1] + kx) + c];
          }
          output[pixelIndex(to, item, y, x) + c] = sum / taps.length;
        }
      }
    }
  };
};

/** Each window distributes its gradient evenly over its pixels; where windows overlap, the shares add up. */
export const avgPool2dGrad: ReferenceKernel<'avgPool2dGrad'> = (
  { reads, writes, kernel, stride },
  memory,
) => {
  const outputGrad = memory.floats(reads.outputGrad);
  const inputGrad = memory.floats(writes.inputGrad);
  const from = imageLayout(reads.outputGrad);
  const to = imageLayout(writes.inputGrad);
  const taps = gridOf(...kernel);
  const windows = gridOf(from.height, from.width);
  const pixels = gridOf(to.height, to.width);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let c = 0; c < to.channels; c++) {
        for (const [y, x] of pixels) inputGrad[pixelIndex(to, item, y, x) + c] = 0;
        for (const [y, x] of windows) {
          const share = outputGrad[pixelIndex(from, item, y, x) + c] / taps.length;
          for (const [ky, kx] of taps) {
            inputGrad[pixelIndex(to, item, y * stride[0] + ky, x * stride[1] + kx) + c] += share;
          }
        }
      }
    }
  };
};
