import type { OpShape, Partition } from '../opShape.js';

/** Adds the tasks' partials in order. */
type SumPartials = OpShape<'sumPartials', 'partials', 'gradient'>;

/** The sum of the squares of the elements of a task. */
type SquareSums = OpShape<'squareSums', 'gradient', 'sums'>;

/** Scales a gradient down to `maxNorm` where it is longer; its length is the root of the tasks' sums. */
type ClipGradient = OpShape<'clipGradient', 'sums', 'gradient'> & { readonly maxNorm: number };

export type GradientsOp = SumPartials | SquareSums | ClipGradient;

export const gradientsPartition: Readonly<Record<GradientsOp['op'], Partition>> = {
  sumPartials: 'elements',
  squareSums: 'elements',
  clipGradient: 'elements',
};
