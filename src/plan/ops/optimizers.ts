import type { OpShape, Partition } from '../opShape.js';

interface Rated {
  /** The learning rate is that of the step times this. */
  readonly rateFactor: number;
}

/** Decoupled weight decay: multiplies a weight by 1 minus the learning rate times `decay`. */
type DecayWeight = OpShape<'decayWeight', never, 'weight'> & Rated & { readonly decay: number };

/** L2 weight decay: adds the gradient of the penalty `decay / 2 · Σ weight²`. */
type WeightPenaltyGrad = OpShape<'weightPenaltyGrad', 'weight', 'gradient'> & {
  readonly decay: number;
};

type Adam = OpShape<'adam', 'gradient', 'parameter' | 'firstMoment' | 'secondMoment'> &
  Rated & {
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
  };

type Sgd = OpShape<'sgd', 'gradient', 'parameter' | 'velocity'> &
  Rated & {
    readonly momentum: number;
    /** Whether to use Nesterov momentum. */
    readonly nesterov: boolean;
  };

/** Moves an exponential moving average toward the new values by the step's `averageShare`. */
type MovingAverage = OpShape<'movingAverage', 'value', 'average'>;

export type OptimizersOp = DecayWeight | WeightPenaltyGrad | Adam | Sgd | MovingAverage;

export const optimizersPartition: Readonly<Record<OptimizersOp['op'], Partition>> = {
  decayWeight: 'elements',
  weightPenaltyGrad: 'elements',
  adam: 'elements',
  sgd: 'elements',
  movingAverage: 'elements',
};
