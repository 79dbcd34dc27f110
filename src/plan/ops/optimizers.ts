import type { OpShape, Partition } from './shape.js';

/** Adds the tasks' partials in order. */
type SumPartials = OpShape<'sumPartials', 'partials', 'gradient'>;

/** The sum of the squares of the elements of a task. */
type SquareSums = OpShape<'squareSums', 'gradient', 'sums'>;

/** Scales a gradient down to `maxNorm` where it is longer; its length is the root of the tasks' sums. */
type ClipGradient = OpShape<'clipGradient', 'sums', 'gradient'> & { readonly maxNorm: number };

/** Shrinks a weight by the step's learning rate times `decay`, whatever its gradient. */
type DecayWeight = OpShape<'decayWeight', never, 'weight'> & { readonly decay: number };

/** Adds the gradient of the penalty `decay / 2 · Σ weight²`. */
type WeightPenaltyGrad = OpShape<'weightPenaltyGrad', 'weight', 'gradient'> & {
  readonly decay: number;
};

type Adam = OpShape<'adam', 'gradient', 'parameter' | 'firstMoment' | 'secondMoment'> & {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
};

type Sgd = OpShape<'sgd', 'gradient', 'parameter' | 'velocity'> & {
  readonly momentum: number;
  /** Whether a step goes on from where the velocity leads: Nesterov's momentum. */
  readonly nesterov: boolean;
};

/** Moves an average by the step's share of the way to the present value. */
type MovingAverage = OpShape<'movingAverage', 'value', 'average'>;

export type OptimizerOp =
  SumPartials | SquareSums | ClipGradient | DecayWeight | WeightPenaltyGrad | Adam | Sgd | MovingAverage;

export const optimizersPartition: Readonly<Record<OptimizerOp['op'], Partition>> = {
  sumPartials: 'elements',
  squareSums: 'elements',
  clipGradient: 'elements',
  decayWeight: 'elements',
  weightPenaltyGrad: 'elements',
  adam: 'elements',
  sgd: 'elements',
  movingAverage: 'elements',
};
