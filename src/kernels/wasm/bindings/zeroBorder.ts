import type { ZeroBorderOp } from '../../../plan/ops/zeroBorder.js';
import { FLOAT, pitchesOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const zeroBorderBindings: BindingsOf<ZeroBorderOp['op']> = {
  zeroBorder: ({ writes: { output }, border: [rows, columns] }, kernels) =>
    bindKernel(kernels, 'zeroBorder', {
      ...TASK_ITEMS,
      ...pitchesOf('output', output),
      outputHeight: output.shape[0],
      rows,
      side: columns * output.shape[2] * FLOAT,
    }),
};
