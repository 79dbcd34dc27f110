import type { OpShape, Partition } from '../opShape.js';

/** `scaleShift`, `add` (if there is an `other`) and `relu`, which `fuse` replaces with this. */
type NormRelu = OpShape<'normRelu', 'input' | 'scale' | 'shift', 'output', 'other'>;

/** `batchNormGradSums` from the gradient of ReLU's output. */
type NormReluGradSums = OpShape<
  'normReluGradSums',
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
>;

/** `batchNormInputGrad` from the gradient of ReLU's output. */
type NormReluInputGrad = OpShape<
  'normReluInputGrad',
  'input' | 'scale' | 'shift' | 'outputGrad' | 'coefficients',
  'inputGrad'
>;

export type NormReluOp = NormRelu | NormReluGradSums | NormReluInputGrad;

export const normReluPartition: Readonly<Record<NormReluOp['op'], Partition>> = {
  normRelu: 'items',
  normReluGradSums: 'items',
  normReluInputGrad: 'items',
};
