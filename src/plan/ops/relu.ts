import type { OpShape, Partition, ReluBounds } from '../opShape.js';

type Relu = OpShape<'relu', 'input', 'output'> & ReluBounds;

type ReluGrad = OpShape<'reluGrad', 'output' | 'outputGrad', 'inputGrad'> & ReluBounds;

export type ReluOp = Relu | ReluGrad;

export const reluPartition: Readonly<Record<ReluOp['op'], Partition>> = {
  relu: 'items',
  reluGrad: 'items',
};
