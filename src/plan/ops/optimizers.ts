import type { OpShape, Partition } from '../opShape.js';

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

export type OptimizersOp = DecayWeight | WeightPenaltyGrad | Adam | Sgd | MovingAverage;

export const optimizersPartition: Readonly<Record<OptimizersOp['op'], Partition>> = {
  decayWeight: 'elements',
  weightPenaltyGrad: 'elements',
  adam: 'elements',
  sgd: 'elements',
  movingAverage: 'elements',
};
