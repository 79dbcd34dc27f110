import type { OpShape, Partition } from './shape.js';

type Linear = OpShape<'linear', 'input' | 'weight', 'output', 'bias'>;

type LinearInputGrad = OpShape<'linearInputGrad', 'outputGrad' | 'transposed', 'inputGrad'>;

/** Sums over the whole batch, some of the inputs a task: that needs no partials of a large weight. */
type LinearWeightGrad = OpShape<'linearWeightGrad', 'input' | 'outputGrad', 'weightGrad', never, 'biasGrad'>;

/** `[taps, in, out]` -> `[taps reversed, out, in]`: the weight of the convolution that computes an input gradient. */
type TransposeWeight = OpShape<'transposeWeight', 'weight', 'transposed'>;

export type LinearOp = Linear | LinearInputGrad | LinearWeightGrad | TransposeWeight;

export const linearPartition: Readonly<Record<LinearOp['op'], Partition>> = {
  linear: 'items',
  linearInputGrad: 'items',
  linearWeightGrad: 'elements',
  transposeWeight: 'elements',
};
