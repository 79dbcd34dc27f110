import { addressesOf, pitchesOf, sharedSizesOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const normReluPool2dBindings: BindingsOf<'normReluPool2d'> = {
  normReluPool2d: ({ reads: { input, ...perChannel }, writes: { output } }, kernels) =>
    bindKernel(kernels, 'normReluPool2d', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('output', output),
      ...sharedSizesOf(output),
      ...addressesOf(perChannel),
    }),
};
