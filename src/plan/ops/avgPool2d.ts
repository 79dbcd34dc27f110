import type { OpShape, Partition, Window } from '../opShape.js';

type AvgPool2d = OpShape<'avgPool2d', 'input', 'output'> & Window;

type AvgPool2dGrad = OpShape<'avgPool2dGrad', 'outputGrad', 'inputGrad'> & Window;

export type AvgPool2dOp = AvgPool2d | AvgPool2dGrad;

export const avgPool2dPartition: Readonly<Record<AvgPool2dOp['op'], Partition>> = {
  avgPool2d: 'items',
  avgPool2dGrad: 'items',
};
