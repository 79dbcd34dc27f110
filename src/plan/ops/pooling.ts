import type { OpShape, Partition, Window } from './shape.js';

type MaxPool2d = OpShape<'maxPool2d', 'input', 'output'> & Window;

type MaxPool2dGrad = OpShape<'maxPool2dGrad', 'input' | 'outputGrad', 'inputGrad'> & Window;

type AvgPool2d = OpShape<'avgPool2d', 'input', 'output'> & Window;

type AvgPool2dGrad = OpShape<'avgPool2dGrad', 'outputGrad', 'inputGrad'> & Window;

export type PoolingOp = MaxPool2d | MaxPool2dGrad | AvgPool2d | AvgPool2dGrad;

export const poolingPartition: Readonly<Record<PoolingOp['op'], Partition>> = {
  maxPool2d: 'items',
  maxPool2dGrad: 'items',
  avgPool2d: 'items',
  avgPool2dGrad: 'items',
};
