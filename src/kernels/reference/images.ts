import type { TensorMemory } from '../../plan/memory.js';
import type { OpOf } from '../../plan/ops.js';
import type { Plan } from '../../plan/plan.js';
import type { Tensor } from '../../plan/tensor.js';
import type { KernelCall } from '../kernel.js';
import { elementIndices } from './lib/indices.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';

const MAX_BYTE = 255;

/** Image j of the batch is image `first + j`, with its bytes divided by 255, and its label. */
export const imagesToFloats: ReferenceKernel<'imagesToFloats'> = ({ reads, writes }, memory, plan) => {
  const images = memory.bytes(reads.images);
  return loadBatch((index) => images[index] / MAX_BYTE, reads.labels, writes, memory, plan);
};

/** Item j of the batch has the features of image `first + j`, and its label. */
export const loadFeatures: ReferenceKernel<'loadFeatures'> = ({ reads, writes }, memory, plan) => {
  const features = memory.floats(reads.features);
  return loadBatch((index) => features[index], reads.labels, writes, memory, plan);
};

/** @param valueOf the value of an element of all items */
function loadBatch(
  valueOf: (index: number) => number,
  from: Tensor,
  writes: OpOf<'imagesToFloats'>['writes'],
  memory: TensorMemory,
  plan: Plan,
): KernelCall {
  const labels = memory.ints(from);
  const output = memory.floats(writes.output);
  const targets = memory.ints(writes.targets);
  const to = elementIndices(writes.output);
  const stepValue = stepReader(memory, plan);

  return (_task, begin, end, step) => {
    const first = stepValue(step, 'first');
    for (let item = begin; item < end; item++) {
      const image = first + item;
      for (let e = 0; e < to.size; e++) output[to.of(item, e)] = valueOf(image * to.size + e);
      targets[item] = labels[image];
    }
  };
}

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
