import { divisorOf, imageOf, pitchesOf, TASK_ITEMS, windowOf } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const avgPool2dBindings: BindingsOf<'avgPool2d'> = {
  avgPool2d: ({ reads, writes, ...window }, kernels) =>
    bindKernel(kernels, 'avgPool2d', {
      ...TASK_ITEMS,
      ...windowOf(window),
      ...divisorOf(window.divisor),
      ...pitchesOf('input', reads.input),
      ...imageOf('output', writes.output),
    }),
};
