import type { OpShape, Partition } from '../opShape.js';

/**
 * Weight and bias of a convolution that computes the batch normalization after it too: `weight · scale` and `bias · scale + shift`, of
 * each output channel.
 */
type FoldBatchNorm = OpShape<
  'foldBatchNorm',
  'weight' | 'scale' | 'shift',
  'foldedWeight' | 'foldedBias',
  'bias'
>;

export type FoldBatchNormOp = FoldBatchNorm;

export const foldBatchNormPartition: Readonly<Record<FoldBatchNormOp['op'], Partition>> = {
  foldBatchNorm: 'elements',
};
