import { taskRange } from '../../plan/plan.js';
import type { ReferenceKernel } from './lib/kernel.js';

/** `gradient = Σ partials` over all tasks, in task order. */
export const sumPartials: ReferenceKernel<'sumPartials'> = ({ reads, writes }, memory) => {
  const partials = memory.floats(reads.partials);
  const gradient = memory.floats(writes.gradient);

  return (task) => {
    const [begin, end] = taskRange(gradient.length, task);
    for (let element = begin; element < end; element++) {
      let sum = 0;
      for (let index = 0; index < reads.partials.count; index++) {
        sum += partials[index * gradient.length + element];
      }
      gradient[element] = sum;
    }
  };
};

/** `sum = Σ gradient²` over the elements of each task */
export const squareSums: ReferenceKernel<'squareSums'> = ({ reads, writes }, memory) => {
  const gradient = memory.floats(reads.gradient);
  const sums = memory.doubles(writes.sums);

  return (task) => {
    const [begin, end] = taskRange(gradient.length, task);
    let sum = 0;
    for (let e = begin; e < end; e++) sum += gradient[e] ** 2;
    sums[task] = sum;
  };
};

/** Keeps PyTorch's `clip_grad_norm_` from dividing by zero. */
const CLIP_EPSILON = 1e-6;

/** Source: Pascanu et al., "On the difficulty of training recurrent neural networks", 2013; as PyTorch's `clip_grad_norm_`. */
export const clipGradient: ReferenceKernel<'clipGradient'> = ({ reads, writes, maxNorm }, memory) => {
  const sums = memory.doubles(reads.sums);
  const gradient = memory.floats(writes.gradient);

  return (task) => {
    let total = 0;
    for (const sum of sums) total += sum;
    const factor = Math.min(1, maxNorm / (Math.sqrt(total) + CLIP_EPSILON));
    const [begin, end] = taskRange(gradient.length, task);
    for (let e = begin; e < end; e++) gradient[e] *= factor;
  };
};
