import type { NormReluOp } from '../../../../plan/ops/normRelu.js';
import { addressesOf, pitchesOf, scratchOf, sharedSizesOf, TASK_ITEMS } from '../../arguments.js';
import { perTask } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const normReluTrainingBindings: BindingsOf<Exclude<NormReluOp['op'], 'normRelu'>> = {
  normReluGradSums: ({ reads: { input, outputGrad, ...perChannel }, writes, maximum }, kernels, plan) =>
    bindKernel(kernels, 'normReluGradSums', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('outputGrad', outputGrad),
      ...sharedSizesOf(input),
      ...addressesOf(perChannel),
      maximum,
      sums: perTask(writes.sums),
      scratch: scratchOf(plan),
    }),

  normReluInputGrad: ({ reads: { input, outputGrad, ...perChannel }, writes, maximum }, kernels) =>
    bindKernel(kernels, 'normReluInputGrad', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('outputGrad', outputGrad),
      ...pitchesOf('inputGrad', writes.inputGrad),
      ...sharedSizesOf(input),
      ...addressesOf(perChannel),
      maximum,
    }),
};
