import type { OpShape, Partition } from '../opShape.js';

/** `[taps, in, out]` -> `[taps reversed, out, in]`: the weight of the convolution that computes an input gradient. */
type TransposeWeight = OpShape<'transposeWeight', 'weight', 'transposed'>;

export type TransposeWeightOp = TransposeWeight;

export const transposeWeightPartition: Readonly<Record<TransposeWeightOp['op'], Partition>> = {
  transposeWeight: 'elements',
};
