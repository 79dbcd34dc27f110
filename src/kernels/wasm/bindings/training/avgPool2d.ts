import type { AvgPool2dOp } from '../../../../plan/ops/avgPool2d.js';
import { divisorOf, extentOf, imageOf, pitchesOf, TASK_ITEMS, windowOf } from '../../arguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const avgPool2dTrainingBindings: BindingsOf<Exclude<AvgPool2dOp['op'], 'avgPool2d'>> = {
  avgPool2dGrad: ({ reads, writes, ...window }, kernels) =>
    bindKernel(kernels, 'avgPool2dGrad', {
      ...TASK_ITEMS,
      ...windowOf(window),
      ...divisorOf(window.divisor),
      ...pitchesOf('outputGrad', reads.outputGrad),
      ...extentOf('outputGrad', reads.outputGrad),
      ...imageOf('inputGrad', writes.inputGrad),
    }),
};
