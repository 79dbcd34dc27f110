import type { OpShape, Partition } from '../opShape.js';

/** Adds the partial sums of all tasks, in task order. */
type SumPartials = OpShape<'sumPartials', 'partials', 'gradient'>;

/** The sum of squares of a task's elements. */
type SquareSums = OpShape<'squareSums', 'gradient', 'sums'>;

/** Scales a gradient to the norm `maxNorm` if it exceeds that; its norm is the root of the total of `sums`. */
type ClipGradient = OpShape<'clipGradient', 'sums', 'gradient'> & { readonly maxNorm: number };

export type GradientsOp = SumPartials | SquareSums | ClipGradient;

export const gradientsPartition: Readonly<Record<GradientsOp['op'], Partition>> = {
  sumPartials: 'elements',
  squareSums: 'elements',
  clipGradient: 'elements',
};
