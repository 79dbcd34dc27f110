import { imageLayout } from '../../plan/tensor.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { gridOf, pixelIndex } from './lib/indices.js';

/** `output[y, x, c] = input[y, x, c] · factors[c]` */
export const scaleChannels: ReferenceKernel<'scaleChannels'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const factors = memory.floats(reads.factors);
  const output = memory.floats(writes.output);
  const from = imageLayout(reads.input);
  const factorPlaces = imageLayout(reads.factors);
  const to = imageLayout(writes.output);
  const pixels = gridOf(to.height, to.width);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      const first = pixelIndex(factorPlaces, item, 0, 0);
      for (const [y, x] of pixels) {
        for (let c = 0; c < to.channels; c++) {
          output[pixelIndex(to, item, y, x) + c] =
            input[pixelIndex(from, item, y, x) + c] * factors[first + c];
        }
      }
    }
  };
};

/** `factorsGrad[c]` is the sum of `input[y, x, c] · outputGrad[y, x, c]` over y and x. */
export const scaleChannelsGrad: ReferenceKernel<'scaleChannelsGrad'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const outputGrad = memory.floats(reads.outputGrad);
  const factorsGrad = memory.floats(writes.factorsGrad);
  const inputPlaces = imageLayout(reads.input);
  const from = imageLayout(reads.outputGrad);
  const to = imageLayout(writes.factorsGrad);
  const pixels = gridOf(from.height, from.width);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let c = 0; c < to.channels; c++) {
        let sum = 0;
        for (const [y, x] of pixels) {
          sum +=
            input[pixelIndex(inputPlaces, item, y, x) + c] * outputGrad[pixelIndex(from, item, y, x) + c];
        }
        factorsGrad[pixelIndex(to, item, 0, 0) + c] = sum;
      }
    }
  };
};
