import type { OpShape, Partition } from '../opShape.js';

type Relu = OpShape<'relu', 'input', 'output'>;

type ReluGrad = OpShape<'reluGrad', 'output' | 'outputGrad', 'inputGrad'>;

export type ReluOp = Relu | ReluGrad;

export const reluPartition: Readonly<Record<ReluOp['op'], Partition>> = {
  relu: 'items',
  reluGrad: 'items',
};
