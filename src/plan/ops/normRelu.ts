import type { OpShape, Partition } from './shape.js';

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

/** `scaleShift`, `relu` and a 2×2 `maxPool2d` in one; `fuse` puts it in their place. Channels come in fours. */
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

export type NormReluOp =
  | NormRelu
  | NormReluGradSums
  | NormReluInputGrad
  | NormReluPool2d
  | NormReluPool2dGradSums
  | NormReluPool2dInputGrad;

export const normReluPartition: Readonly<Record<NormReluOp['op'], Partition>> = {
  normRelu: 'items',
  normReluGradSums: 'items',
  normReluInputGrad: 'items',
  normReluPool2d: 'items',
  normReluPool2dGradSums: 'items',
  normReluPool2dInputGrad: 'items',
};
