import { pitchesOf, rowsOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const reluBindings: BindingsOf<'relu'> = {
  relu: ({ reads, writes, maximum }, kernels) =>
    bindKernel(kernels, 'relu', {
      ...TASK_ITEMS,
      ...pitchesOf('input', reads.input),
      ...pitchesOf('output', writes.output),
      ...rowsOf(writes.output),
      maximum,
    }),
};
