import {
  addressesOf,
  boundsOf,
  dilatedWindowOf,
  imageOf,
  paddedPitchesOf,
  TASK_ITEMS,
} from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const groupedConv2dBindings: BindingsOf<'groupedConv2d'> = {
  groupedConv2d: ({ reads: { input, weight, bias }, writes: { output }, groups, relu, ...window }, kernels) =>
    bindKernel(kernels, 'groupedConv2d', {
      ...TASK_ITEMS,
      ...paddedPitchesOf('input', input, window.padding),
      inputChannels: input.shape[2],
      ...dilatedWindowOf(window),
      groups,
      ...addressesOf({ weight, bias }),
      ...boundsOf({ relu }),
      ...imageOf('output', output),
    }),
};
