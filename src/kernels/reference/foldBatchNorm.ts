import { taskRange } from '../../plan/plan.js';
import type { ReferenceKernel } from './lib/kernel.js';

/** `foldedWeight[…, o] = weight[…, o] · scale[o]` and `foldedBias[o] = bias[o] · scale[o] + shift[o]` */
export const foldBatchNorm: ReferenceKernel<'foldBatchNorm'> = ({ reads, writes }, memory) => {
  const [weight, scale, shift] = [reads.weight, reads.scale, reads.shift].map((tensor) =>
    memory.floats(tensor),
  );
  const bias = reads.bias && memory.floats(reads.bias);
  const [foldedWeight, foldedBias] = [writes.foldedWeight, writes.foldedBias].map((tensor) =>
    memory.floats(tensor),
  );

  return (task) => {
    const [begin, end] = taskRange(weight.length, task);
    for (let e = begin; e < end; e++) foldedWeight[e] = weight[e] * scale[e % scale.length];
    const [first, last] = taskRange(scale.length, task);
    for (let o = first; o < last; o++) foldedBias[o] = (bias?.[o] ?? 0) * scale[o] + shift[o];
  };
};
