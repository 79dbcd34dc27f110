import type { AddOp } from '../../../plan/ops/add.js';
import { pitchesOf, rowsOf, TASK_ITEMS } from '../arguments.js';
import { bindKernel, type BindingsOf } from '../bindKernel.js';

export const addBindings: BindingsOf<AddOp['op']> = {
  add: ({ reads, writes }, kernels) =>
    bindKernel(kernels, 'add', {
      ...TASK_ITEMS,
      ...pitchesOf('input', reads.input),
      ...pitchesOf('other', reads.other),
      ...pitchesOf('output', writes.output),
      ...rowsOf(writes.output),
    }),
};
