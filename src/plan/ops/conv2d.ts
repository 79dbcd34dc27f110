import type { Bounded, DilatedWindow, OpShape, Partition, TileSize } from '../opShape.js';

/** Cross-correlation. */
type Conv2d = OpShape<'conv2d', 'input' | 'weight', 'output', 'bias' | 'transformed'> &
  DilatedWindow &
  Bounded;

/** `transposed` is the result of `transposeWeight`, `transformed` that of `winogradWeight` for the transposed weight. */
type Conv2dInputGrad = OpShape<'conv2dInputGrad', 'outputGrad' | 'transposed', 'inputGrad', 'transformed'> &
  DilatedWindow;

interface WeightGradFields extends DilatedWindow {
  /** The size of the tiles with which Winograd's algorithm may compute it. */
  readonly tileSize?: TileSize | undefined;
}

/** Sums over the images of a task: one partial sum per task. */
type Conv2dWeightGrad = OpShape<
  'conv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  WeightGradFields;

/** Sums over a group of images, of which there are as many as `weightPartials` has items; a task computes some output channels. */
type Conv2dGroupWeightGrad = OpShape<
  'conv2dGroupWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  WeightGradFields;

export type Conv2dOp = Conv2d | Conv2dInputGrad | Conv2dWeightGrad | Conv2dGroupWeightGrad;

export const conv2dPartition: Readonly<Record<Conv2dOp['op'], Partition>> = {
  conv2d: 'items',
  conv2dInputGrad: 'items',
  conv2dWeightGrad: 'items',
  conv2dGroupWeightGrad: 'elements',
};
