import type { ReferenceKernel } from './lib/kernel.js';
import { elementIndices } from './lib/indices.js';

/** `output = min(max(0, input), maximum)`; NaN stays NaN. */
export const relu: ReferenceKernel<'relu'> = ({ reads, writes, maximum }, memory) => {
  const input = memory.floats(reads.input);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const to = elementIndices(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        output[to.of(item, e)] = Math.min(Math.max(0, input[from.of(item, e)]), maximum);
      }
    }
  };
};

/** `inputGrad = outputGrad` where the output is positive and less than the maximum, 0 elsewhere. */
export const reluGrad: ReferenceKernel<'reluGrad'> = ({ reads, writes, maximum }, memory) => {
  const output = memory.floats(reads.output);
  const outputGrad = memory.floats(reads.outputGrad);
  const inputGrad = memory.floats(writes.inputGrad);
  // The halo of the output suits the next layer, that of the gradients the previous layer: they may differ.
  const outputPlaces = elementIndices(reads.output);
  const from = elementIndices(reads.outputGrad);
  const to = elementIndices(writes.inputGrad);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        const value = output[outputPlaces.of(item, e)];
        const passes = value > 0 && value < maximum;
        inputGrad[to.of(item, e)] = passes ? outputGrad[from.of(item, e)] : 0;
      }
    }
  };
};
