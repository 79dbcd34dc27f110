import type { OpShape, Partition } from './shape.js';

/** `scaleShift`, `add` of `other` where there is one, and `relu` in one; `fuse` puts it in their place. */
type NormRelu = OpShape<'normRelu', 'input' | 'scale' | 'shift', 'output', 'other'>;

/** `scaleShift`, `relu` and a 2×2 `maxPool2d` in one; `fuse` puts it in their place. Channels come in fours. */
type NormReluPool2d = OpShape<'normReluPool2d', 'input' | 'scale' | 'shift', 'output'>;

/** `batchNormGradSums` from the gradient of what ReLU gave, or of the pooled image. */
type GradSums<Name extends string> = OpShape<
  Name,
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
>;

/** `batchNormInputGrad` from the gradient of what ReLU gave, or of the pooled image. */
type InputGrad<Name extends string> = OpShape<
  Name,
  'input' | 'scale' | 'shift' | 'outputGrad' | 'coefficients',
  'inputGrad'
>;

export type NormReluOp =
  | NormRelu
  | GradSums<'normReluGradSums'>
  | InputGrad<'normReluInputGrad'>
  | NormReluPool2d
  | GradSums<'normReluPool2dGradSums'>
  | InputGrad<'normReluPool2dInputGrad'>;

export const normReluPartition: Readonly<Record<NormReluOp['op'], Partition>> = {
  normRelu: 'items',
  normReluGradSums: 'items',
  normReluInputGrad: 'items',
  normReluPool2d: 'items',
  normReluPool2dGradSums: 'items',
  normReluPool2dInputGrad: 'items',
};
