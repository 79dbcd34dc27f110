import type { OpShape, Partition } from '../opShape.js';

type Linear = OpShape<'linear', 'input' | 'weight', 'output', 'bias'>;

type LinearInputGrad = OpShape<'linearInputGrad', 'outputGrad' | 'transposed', 'inputGrad'>;

/** Sums over the whole batch; a task computes the rows of some inputs, so that a large weight needs no partial sums. */
type LinearWeightGrad = OpShape<'linearWeightGrad', 'input' | 'outputGrad', 'weightGrad', never, 'biasGrad'>;

export type LinearOp = Linear | LinearInputGrad | LinearWeightGrad;

export const linearPartition: Readonly<Record<LinearOp['op'], Partition>> = {
  linear: 'items',
  linearInputGrad: 'items',
  linearWeightGrad: 'elements',
};
