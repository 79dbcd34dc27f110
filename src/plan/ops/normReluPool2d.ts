import type { OpShape, Partition } from '../opShape.js';

/** `scaleShift`, `relu` and a 2×2 `maxPool2d`, which `fuse` replaces with this. The channels are a multiple of four. */
type NormReluPool2d = OpShape<'normReluPool2d', 'input' | 'scale' | 'shift', 'output'>;

/** `batchNormGradSums` from the gradient of the pooled image. */
type NormReluPool2dGradSums = OpShape<
  'normReluPool2dGradSums',
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
>;

/** `batchNormInputGrad` from the gradient of the pooled image. */
type NormReluPool2dInputGrad = OpShape<
  'normReluPool2dInputGrad',
  'input' | 'scale' | 'shift' | 'outputGrad' | 'coefficients',
  'inputGrad'
>;

export type NormReluPool2dOp = NormReluPool2d | NormReluPool2dGradSums | NormReluPool2dInputGrad;

export const normReluPool2dPartition: Readonly<Record<NormReluPool2dOp['op'], Partition>> = {
  normReluPool2d: 'items',
  normReluPool2dGradSums: 'items',
  normReluPool2dInputGrad: 'items',
};
