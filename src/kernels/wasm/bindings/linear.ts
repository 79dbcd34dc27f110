import { sizeOf } from '../../../core/shape.js';
import { addressesOf, scratchOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const linearBindings: BindingsOf<'linear'> = {
  linear: ({ reads: { input, weight, bias }, writes: { output } }, kernels, plan) =>
    bindKernel(kernels, 'linear', {
      ...TASK_ITEMS,
      ...addressesOf({ input, weight, bias, output }),
      inputs: sizeOf(input.shape),
      outputs: sizeOf(output.shape),
      scratch: scratchOf(plan),
    }),
};
