import { type ReferenceKernel, stepReader } from './lib/kernel.js';
import { elementIndices } from './lib/indices.js';

const MAX_BYTE = 255;

/** Image j of the batch is image `first + j`, with its bytes divided by 255, and its label. */
export const imagesToFloats: ReferenceKernel<'imagesToFloats'> = ({ reads, writes }, memory, plan) => {
  const images = memory.bytes(reads.images);
  const labels = memory.bytes(reads.labels);
  const output = memory.floats(writes.output);
  const targets = memory.ints(writes.targets);
  const to = elementIndices(writes.output);
  const stepValue = stepReader(memory, plan);

  return (_task, begin, end, step) => {
    const first = stepValue(step, 'first');
    for (let item = begin; item < end; item++) {
      const image = first + item;
      for (let e = 0; e < to.size; e++) output[to.of(item, e)] = images[image * to.size + e] / MAX_BYTE;
      targets[item] = labels[image];
    }
  };
};

/** Copies images to a tensor with another halo. */
export const padImages: ReferenceKernel<'padImages'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const to = elementIndices(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) output[to.of(item, e)] = input[from.of(item, e)];
    }
  };
};
