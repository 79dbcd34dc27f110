import type { OpShape, Partition, Window } from '../opShape.js';

type MaxPool2d = OpShape<'maxPool2d', 'input', 'output'> & Window;

type MaxPool2dGrad = OpShape<'maxPool2dGrad', 'input' | 'outputGrad', 'inputGrad'> & Window;

export type MaxPool2dOp = MaxPool2d | MaxPool2dGrad;

export const maxPool2dPartition: Readonly<Record<MaxPool2dOp['op'], Partition>> = {
  maxPool2d: 'items',
  maxPool2dGrad: 'items',
};
