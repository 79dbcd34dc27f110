import { addressesOf, pitchesOf, sharedSizesOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const normReluBindings: BindingsOf<'normRelu'> = {
  normRelu: ({ reads: { input, scale, shift, other }, writes: { output }, maximum }, kernels) =>
    bindKernel(kernels, 'normRelu', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('other', other),
      ...pitchesOf('output', output),
      ...sharedSizesOf(output),
      ...addressesOf({ scale, shift }),
      maximum,
    }),
};
