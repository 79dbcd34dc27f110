import { sizeOf } from '../../core/shape.js';
import { taskRange } from '../../plan/plan.js';
import type { ReferenceKernel } from './lib/kernel.js';

/** `transposed[taps - 1 - tap, o, i] = weight[tap, i, o]` */
export const transposeWeight: ReferenceKernel<'transposeWeight'> = ({ reads, writes }, memory) => {
  const weight = memory.floats(reads.weight);
  const transposed = memory.floats(writes.transposed);
  const taps = sizeOf(reads.weight.shape.slice(0, -2));
  const [inputs, outputs] = reads.weight.shape.slice(-2);

  return (task) => {
    const [begin, end] = taskRange(transposed.length, task);
    for (let element = begin; element < end; element++) {
      const i = element % inputs;
      const o = Math.floor(element / inputs) % outputs;
      const tap = taps - 1 - Math.floor(element / (inputs * outputs));
      transposed[element] = weight[(tap * inputs + i) * outputs + o];
    }
  };
};
