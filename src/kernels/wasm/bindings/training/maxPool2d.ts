import type { MaxPool2dOp } from '../../../../plan/ops/maxPool2d.js';
import { extentOf, imageOf, paddingOf, pitchesOf, TASK_ITEMS, windowOf } from '../../arguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const maxPool2dTrainingBindings: BindingsOf<Exclude<MaxPool2dOp['op'], 'maxPool2d'>> = {
  maxPool2dGrad: ({ reads, writes, ...window }, kernels) =>
    bindKernel(kernels, 'maxPool2dGrad', {
      ...TASK_ITEMS,
      ...windowOf(window),
      ...paddingOf(window.padding),
      ...pitchesOf('input', reads.input),
      ...pitchesOf('outputGrad', reads.outputGrad),
      ...extentOf('outputGrad', reads.outputGrad),
      ...imageOf('inputGrad', writes.inputGrad),
    }),
};
