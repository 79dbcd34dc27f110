import type { OpShape, PaddedWindow, Partition } from '../opShape.js';

/** A `conv2d` and the `normReluPool2d` that reads its output, which `fuse` replaces with this. */
type Conv2dNormReluPool2d = OpShape<
  'conv2dNormReluPool2d',
  'input' | 'weight' | 'transformed' | 'scale' | 'shift',
  'output',
  'bias'
> &
  PaddedWindow;

export type Conv2dNormReluPool2dOp = Conv2dNormReluPool2d;

export const conv2dNormReluPool2dPartition: Readonly<Record<Conv2dNormReluPool2dOp['op'], Partition>> = {
  conv2dNormReluPool2d: 'items',
};
