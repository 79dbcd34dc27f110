import type { NetworkTensors } from '../models/network.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Step } from '../plan/steps.js';
import { type Tensor, viewOf } from '../plan/tensor.js';

/** How gradients move the weights. */
export type Optimizer = {
  readonly weightDecay?: number;
  /** The longest that the gradient of all parameters together may be. */
  readonly clipNorm?: number | undefined;
} & ({ readonly type: 'adam' | 'adamw' } | { readonly type: 'sgd' | 'nesterov'; readonly momentum: number });

export const optimizerNames = [
  'adam',
  'adamw',
  'sgd',
  'nesterov',
] as const satisfies readonly Optimizer['type'][];

/** PyTorch's constants: how slowly the moments forget, and what keeps a step finite. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** The optimizer that some settings describe. */
export function optimizerOf(settings: {
  readonly optimizer: Optimizer['type'];
  readonly momentum: number;
  readonly weightDecay?: number | undefined;
  readonly clipNorm?: number | undefined;
}): Optimizer & { readonly weightDecay: number } {
  const { optimizer: type, momentum, clipNorm } = settings;
  // PyTorch's default too: without a decay AdamW would be Adam.
  const weightDecay = settings.weightDecay ?? (type === 'adamw' ? 0.01 : 0);
  if (type === 'sgd' || type === 'nesterov') return { type, momentum, weightDecay, clipNorm };
  return { type, weightDecay, clipNorm };
}

/**
 * Adds the update of all trained parameters to a training plan.
 *
 * @returns the tensors that it remembers earlier steps in
 */
export function addUpdate(
  builder: PlanBuilder,
  optimizer: Optimizer,
  trained: NetworkTensors['trained'],
): readonly Tensor[] {
  const { parameter, gradient } = trained;
  const state = (name: string) => builder.shared({ name, shape: parameter.shape });
  if (optimizer.clipNorm !== undefined) addClipping(builder, gradient, optimizer.clipNorm);
  addWeightDecay(builder, optimizer, trained);
  if ('momentum' in optimizer) {
    const { type, momentum } = optimizer;
    const velocity = state('velocity');
    const writes = { parameter, velocity };
    builder.epilogue({ op: 'sgd', reads: { gradient }, writes, momentum, nesterov: type === 'nesterov' });
    return [velocity];
  }
  const [firstMoment, secondMoment] = [state('firstMoment'), state('secondMoment')];
  const writes = { parameter, firstMoment, secondMoment };
  builder.epilogue({ op: 'adam', reads: { gradient }, writes, ...ADAM });
  return [firstMoment, secondMoment];
}

function addClipping(builder: PlanBuilder, gradient: Tensor, maxNorm: number): void {
  const sums = builder.perTask('gradientSquares', [1], 'f64');
  builder.epilogue({ op: 'squareSums', reads: { gradient }, writes: { sums } });
  builder.epilogue({ op: 'clipGradient', reads: { sums }, writes: { gradient }, maxNorm });
}

/** AdamW shrinks the weights themselves; for the others, as in PyTorch, the decay is a part of the gradient. */
function addWeightDecay(
  builder: PlanBuilder,
  { type, weightDecay: decay = 0 }: Optimizer,
  { parameter, gradient, decayedElements }: NetworkTensors['trained'],
): void {
  if (decay === 0) return;
  const decayed = (tensor: Tensor) => viewOf(tensor, `${tensor.name}.decayed`, [decayedElements], 0);
  const weight = decayed(parameter);
  if (type === 'adamw') builder.epilogue({ op: 'decayWeight', reads: {}, writes: { weight }, decay });
  else {
    const writes = { gradient: decayed(gradient) };
    builder.epilogue({ op: 'weightPenaltyGrad', reads: { weight }, writes, decay });
  }
}

/** Adam's corrections for moments that start from zero, at its `update`-th update, counted from 1. */
export function biasCorrections(update: number): Pick<Step, 'biasCorrection1' | 'biasCorrection2'> {
  return { biasCorrection1: 1 - ADAM.beta1 ** update, biasCorrection2: 1 - ADAM.beta2 ** update };
}
