import type { OpShape, Partition, ReluBounds } from '../opShape.js';

/** `scaleShift`, `add` (if there is an `other`) and `relu`, which `fuse` replaces with this. */
type NormRelu = OpShape<'normRelu', 'input' | 'scale' | 'shift', 'output', 'other'> & ReluBounds;

/** `batchNormGradSums` from the gradient of ReLU's output. */
type NormReluGradSums = OpShape<
  'normReluGradSums',
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
> &
  ReluBounds;

/** `batchNormInputGrad` from the gradient of ReLU's output. */
type NormReluInputGrad = OpShape<
  'normReluInputGrad',
  'input' | 'scale' | 'shift' | 'outputGrad' | 'coefficients',
  'inputGrad'
> &
  ReluBounds;

export type NormReluOp = NormRelu | NormReluGradSums | NormReluInputGrad;

export const normReluPartition: Readonly<Record<NormReluOp['op'], Partition>> = {
  normRelu: 'items',
  normReluGradSums: 'items',
  normReluInputGrad: 'items',
};
