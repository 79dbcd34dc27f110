import type { Conv2dNormReluPool2dOp } from '../../../plan/ops/conv2dNormReluPool2d.js';
import {
  addressesOf,
  imageOf,
  paddedPitchesOf,
  scratchOf,
  TASK_ITEMS,
  winogradBlockOf,
} from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const conv2dNormReluPool2dBindings: BindingsOf<Conv2dNormReluPool2dOp['op']> = {
  conv2dNormReluPool2d({ reads, writes: { output }, padding }, kernels, plan) {
    const { input, transformed, bias, scale, shift } = reads;
    return bindKernel(kernels, 'conv2dNormReluPool2d', {
      ...TASK_ITEMS,
      ...paddedPitchesOf('input', input, padding),
      inputChannels: input.shape[2],
      ...addressesOf({ transformed, bias, scale, shift }),
      ...imageOf('output', output),
      ...winogradBlockOf(transformed, input, output, true),
      scratch: scratchOf(plan),
    });
  },
};
