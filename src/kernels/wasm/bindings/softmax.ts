import { sizeOf } from '../../../core/shape.js';
import { addressesOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const softmaxBindings: BindingsOf<'softmax'> = {
  softmax: ({ reads, writes }, kernels) =>
    bindKernel(kernels, 'softmax', {
      ...TASK_ITEMS,
      ...addressesOf(reads),
      ...addressesOf(writes),
      classes: sizeOf(reads.logits.shape),
    }),
};
