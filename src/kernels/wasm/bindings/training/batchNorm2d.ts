import { sizeOf } from '../../../../core/shape.js';
import type { BatchNorm2dOp } from '../../../../plan/ops/batchNorm2d.js';
import { TASKS } from '../../../../plan/plan.js';
import { addressesOf, pitchesOf, scratchOf, sharedSizesOf, TASK_ITEMS } from '../../arguments.js';
import { perTask, stepOf } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const batchNorm2dTrainingBindings: BindingsOf<
  Exclude<BatchNorm2dOp['op'], 'batchNormRunning' | 'scaleShift'>
> = {
  channelSums: ({ reads: { input }, writes }, kernels) =>
    bindKernel(kernels, 'channelSums', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...sharedSizesOf(input),
      sums: perTask(writes.sums),
    }),

  batchNormStatistics: ({ reads, writes, positions, epsilon, momentum }, kernels, plan) =>
    bindKernel(kernels, 'batchNormStatistics', {
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf(writes),
      tasks: TASKS,
      channels: sizeOf(reads.gamma.shape),
      positions,
      epsilon,
      momentum,
    }),

  batchNormGradSums: ({ reads: { input, outputGrad, mean }, writes }, kernels, plan) =>
    bindKernel(kernels, 'batchNormGradSums', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('outputGrad', outputGrad),
      ...sharedSizesOf(input),
      ...addressesOf({ mean }),
      sums: perTask(writes.sums),
      scratch: scratchOf(plan),
    }),

  batchNormGradStatistics: ({ reads, writes, positions }, kernels, plan) =>
    bindKernel(kernels, 'batchNormGradStatistics', {
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf(writes),
      tasks: TASKS,
      channels: sizeOf(reads.gamma.shape),
      positions,
    }),

  batchNormInputGrad: ({ reads: { input, outputGrad, coefficients }, writes }, kernels) =>
    bindKernel(kernels, 'batchNormInputGrad', {
      ...TASK_ITEMS,
      ...pitchesOf('input', input),
      ...pitchesOf('outputGrad', outputGrad),
      ...pitchesOf('inputGrad', writes.inputGrad),
      ...sharedSizesOf(input),
      ...addressesOf({ coefficients }),
    }),
};
