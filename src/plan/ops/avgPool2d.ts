import type { Pair } from '../../core/shape.js';
import type { OpShape, Partition, Window } from '../opShape.js';

/** Windows whose size and stride are fractions: each covers all pixels that it overlaps. */
interface FractionalWindow extends Window {
  /** What `kernel` and `stride` are divided by. */
  readonly divisor: Pair;
}

type AvgPool2d = OpShape<'avgPool2d', 'input', 'output'> & FractionalWindow;

type AvgPool2dGrad = OpShape<'avgPool2dGrad', 'outputGrad', 'inputGrad'> & FractionalWindow;

export type AvgPool2dOp = AvgPool2d | AvgPool2dGrad;

export const avgPool2dPartition: Readonly<Record<AvgPool2dOp['op'], Partition>> = {
  avgPool2d: 'items',
  avgPool2dGrad: 'items',
};
