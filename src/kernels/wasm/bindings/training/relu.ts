import type { ReluOp } from '../../../../plan/ops/relu.js';
import { pitchesOf, rowsOf, TASK_ITEMS } from '../../arguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const reluTrainingBindings: BindingsOf<Exclude<ReluOp['op'], 'relu'>> = {
  reluGrad: ({ reads, writes, maximum }, kernels) =>
    bindKernel(kernels, 'reluGrad', {
      ...TASK_ITEMS,
      ...pitchesOf('output', reads.output),
      ...pitchesOf('outputGrad', reads.outputGrad),
      ...pitchesOf('inputGrad', writes.inputGrad),
      ...rowsOf(writes.inputGrad),
      maximum,
    }),
};
