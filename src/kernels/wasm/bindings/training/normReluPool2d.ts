import type { NormReluPool2dOp } from '../../../../plan/ops/normReluPool2d.js';
import { addressesOf, extentOf, pitchesOf, scratchOf, sharedSizesOf, TASK_ITEMS } from '../../arguments.js';
import { perTask } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const normReluPool2dTrainingBindings: BindingsOf<Exclude<NormReluPool2dOp['op'], 'normReluPool2d'>> = {
  normReluPool2dGradSums: ({ reads: { input, outputGrad, ...perChannel }, writes }, kernels, plan) =>
    bindKernel(kernels, 'normReluPool2dGradSums', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('outputGrad', outputGrad),
      ...sharedSizesOf(outputGrad),
      ...addressesOf(perChannel),
      sums: perTask(writes.sums),
      scratch: scratchOf(plan),
    }),

  normReluPool2dInputGrad: ({ reads: { input, outputGrad, ...perChannel }, writes }, kernels) =>
    bindKernel(kernels, 'normReluPool2dInputGrad', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...extentOf('input', input),
      ...pitchesOf('outputGrad', outputGrad),
      ...pitchesOf('inputGrad', writes.inputGrad),
      ...sharedSizesOf(outputGrad),
      ...addressesOf(perChannel),
    }),
};
