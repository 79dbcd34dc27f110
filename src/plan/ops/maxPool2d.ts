import type { Pair } from '../../core/shape.js';
import type { OpShape, Partition, Window } from '../opShape.js';

interface ClippedWindow extends Window {
  /** How far windows reach beyond the input, at most half of the kernel. They are clipped: the input needs no halo. */
  readonly padding: Pair;
}

type MaxPool2d = OpShape<'maxPool2d', 'input', 'output'> & ClippedWindow;

type MaxPool2dGrad = OpShape<'maxPool2dGrad', 'input' | 'outputGrad', 'inputGrad'> & ClippedWindow;

export type MaxPool2dOp = MaxPool2d | MaxPool2dGrad;

export const maxPool2dPartition: Readonly<Record<MaxPool2dOp['op'], Partition>> = {
  maxPool2d: 'items',
  maxPool2dGrad: 'items',
};
