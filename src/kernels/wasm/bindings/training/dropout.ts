import type { DropoutOp } from '../../../../plan/ops/dropout.js';
import { pitchesOf, rowsOf, TASK_ITEMS } from '../../arguments.js';
import { stepOf } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const dropoutTrainingBindings: BindingsOf<DropoutOp['op']> = {
  dropout: ({ reads, writes, probability, salt }, kernels, plan) =>
    bindKernel(kernels, 'dropout', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...pitchesOf('input', reads.input),
      ...pitchesOf('output', writes.output),
      ...rowsOf(writes.output),
      salt,
      threshold: Math.round(probability * 2 ** 24),
      scale: 1 / (1 - probability),
    }),
};
