import type { OpShape, PaddedWindow, Partition } from '../opShape.js';

/** Cross-correlation. */
type Conv2d = OpShape<'conv2d', 'input' | 'weight', 'output', 'bias' | 'transformed'> & PaddedWindow;

/** `transposed` is the weight as `transposeWeight` leaves it; `transformed` is made of that. */
type Conv2dInputGrad = OpShape<'conv2dInputGrad', 'outputGrad' | 'transposed', 'inputGrad', 'transformed'> &
  PaddedWindow;

/** Sums over the items of a task; one partial a task. */
type Conv2dWeightGrad = OpShape<
  'conv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  PaddedWindow & {
    /** Whether it may be computed by Winograd's algorithm. */
    readonly winograd: boolean;
  };

export type Conv2dOp = Conv2d | Conv2dInputGrad | Conv2dWeightGrad;

export const conv2dPartition: Readonly<Record<Conv2dOp['op'], Partition>> = {
  conv2d: 'items',
  conv2dInputGrad: 'items',
  conv2dWeightGrad: 'items',
};
