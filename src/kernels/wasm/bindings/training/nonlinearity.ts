import type { NonlinearityOp } from '../../../../plan/ops/nonlinearity.js';
import { pitchesOf, rowsOf, TASK_ITEMS } from '../../arguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';
import { functionOf } from '../nonlinearity.js';

export const nonlinearityTrainingBindings: BindingsOf<Exclude<NonlinearityOp['op'], 'nonlinearity'>> = {
  nonlinearityGrad: ({ reads, writes, nonlinearity }, kernels) =>
    bindKernel(kernels, 'nonlinearityGrad', {
      ...TASK_ITEMS,
      ...functionOf(nonlinearity),
      ...pitchesOf('input', reads.input),
      ...pitchesOf('outputGrad', reads.outputGrad),
      ...pitchesOf('inputGrad', writes.inputGrad),
      ...rowsOf(writes.inputGrad),
    }),
};
