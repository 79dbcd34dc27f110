import { sizeOf } from '../../../core/shape.js';
import { addressesOf, pitchesOf, sharedSizesOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const batchNorm2dBindings: BindingsOf<'batchNormRunning' | 'scaleShift'> = {
  batchNormRunning: ({ reads, writes, epsilon }, kernels) =>
    bindKernel(kernels, 'batchNormRunning', {
      ...addressesOf(reads),
      ...addressesOf(writes),
      channels: sizeOf(reads.gamma.shape),
      epsilon,
    }),

  scaleShift: ({ reads: { input, ...perChannel }, writes: { output } }, kernels) =>
    bindKernel(kernels, 'scaleShift', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('output', output),
      ...sharedSizesOf(output),
      ...addressesOf(perChannel),
    }),
};
