import { sizeOf } from '../../../../core/shape.js';
import type { CrossEntropyOp } from '../../../../plan/ops/crossEntropy.js';
import { TASKS } from '../../../../plan/plan.js';
import { addressesOf, TASK_ITEMS } from '../../arguments.js';
import { perTask, stepOf } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const crossEntropyTrainingBindings: BindingsOf<Exclude<CrossEntropyOp['op'], 'softmax'>> = {
  crossEntropy: ({ reads, writes: { logitsGrad, totals } }, kernels, plan) =>
    bindKernel(kernels, 'crossEntropy', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf({ logitsGrad }),
      classes: sizeOf(reads.logits.shape),
      totals: perTask(totals),
    }),

  sumTargetWeights: ({ reads, writes: { weightSums } }, kernels) =>
    bindKernel(kernels, 'sumTargetWeights', {
      ...TASK_ITEMS,
      ...addressesOf(reads),
      weightSum: perTask(weightSums),
    }),

  softCrossEntropy: ({ reads, writes: { logitsGrad, totals }, smoothing }, kernels, plan) =>
    bindKernel(kernels, 'softCrossEntropy', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf({ logitsGrad }),
      classes: sizeOf(reads.logits.shape),
      tasks: TASKS,
      smoothing,
      totals: perTask(totals),
    }),

  lossTotal: ({ reads, writes }, kernels, plan) =>
    bindKernel(kernels, 'lossTotal', {
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf(writes),
      tasks: TASKS,
    }),

  score: ({ reads, writes }, kernels, plan) =>
    bindKernel(kernels, 'score', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf(writes),
      classes: sizeOf(reads.logits.shape),
    }),
};
