import { sizeOf } from '../../../../core/shape.js';
import type { GradientsOp } from '../../../../plan/ops/gradients.js';
import { TASKS } from '../../../../plan/plan.js';
import { itemBytes } from '../../../../plan/tensor.js';
import { addressesOf, taskElements } from '../../arguments.js';
import { perTask } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const gradientsTrainingBindings: BindingsOf<GradientsOp['op']> = {
  sumPartials: ({ reads: { partials }, writes: { gradient } }, kernels) =>
    bindKernel(kernels, 'sumPartials', {
      ...taskElements(sizeOf(gradient.shape)),
      ...addressesOf({ partials, gradient }),
      count: partials.count,
      partialsItem: itemBytes(partials),
    }),

  squareSums: ({ reads: { gradient }, writes }, kernels) =>
    bindKernel(kernels, 'squareSums', {
      ...taskElements(sizeOf(gradient.shape)),
      ...addressesOf({ gradient }),
      sums: perTask(writes.sums),
    }),

  clipGradient: ({ reads: { sums }, writes: { gradient }, maxNorm }, kernels) =>
    bindKernel(kernels, 'clipGradient', {
      ...taskElements(sizeOf(gradient.shape)),
      ...addressesOf({ sums, gradient }),
      tasks: TASKS,
      maxNorm,
    }),
};
