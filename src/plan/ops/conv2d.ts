import type { OpShape, PaddedWindow, Partition, TileSize } from '../opShape.js';

/** Cross-correlation. */
type Conv2d = OpShape<'conv2d', 'input' | 'weight', 'output', 'bias' | 'transformed'> & PaddedWindow;

/** `transposed` is the result of `transposeWeight`, `transformed` that of `winogradWeight` for the transposed weight. */
type Conv2dInputGrad = OpShape<'conv2dInputGrad', 'outputGrad' | 'transposed', 'inputGrad', 'transformed'> &
  PaddedWindow;

/** Sums over the images of a task: one partial sum per task. */
type Conv2dWeightGrad = OpShape<
  'conv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  PaddedWindow & {
    /** The size of the tiles with which Winograd's algorithm may compute it. */
    readonly tileSize?: TileSize | undefined;
  };

export type Conv2dOp = Conv2d | Conv2dInputGrad | Conv2dWeightGrad;

export const conv2dPartition: Readonly<Record<Conv2dOp['op'], Partition>> = {
  conv2d: 'items',
  conv2dInputGrad: 'items',
  conv2dWeightGrad: 'items',
};
