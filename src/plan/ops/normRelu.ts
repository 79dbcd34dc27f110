import type { OpShape, Partition } from '../opShape.js';

/** `scaleShift`, `add` of `other` where there is one, and `relu` in one; `fuse` puts it in their place. */
type NormRelu = OpShape<'normRelu', 'input' | 'scale' | 'shift', 'output', 'other'>;

/** `batchNormGradSums` from the gradient of what ReLU gave. */
type NormReluGradSums = OpShape<
  'normReluGradSums',
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
>;

/** `batchNormInputGrad` from the gradient of what ReLU gave. */
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
