import type { NetworkTensors } from '../../models/network.js';
import type { PlanBuilder } from '../../plan/builder.js';
import type { OptimizersOp } from '../../plan/ops/optimizers.js';
import { type Tensor, viewOf } from '../../plan/tensor.js';
import { type Optimizer, OPTIMIZERS } from './optimizers.js';

/** The rule of any optimizer; takes its own settings and state. */
interface AnyRule {
  readonly defaultWeightDecay: number;
  readonly isWeightDecayDecoupled: boolean;
  readonly state: readonly string[];
  readonly update: (
    tensors: { readonly parameter: Tensor; readonly gradient: Tensor },
    state: Readonly<Record<string, Tensor>>,
    settings: Optimizer,
  ) => OptimizersOp;
}

/**
 * Adds the update of all trained parameters to a training plan.
 *
 * @returns the optimizer's state
 */
export function addUpdate(
  builder: PlanBuilder,
  optimizer: Optimizer,
  trained: NetworkTensors['trained'],
): readonly Tensor[] {
  const { parameter, gradient } = trained;
  // TypeScript cannot see that a rule and the settings of its own type belong together.
  const rule = OPTIMIZERS[optimizer.type] as AnyRule;
  if (optimizer.clipNorm !== undefined) addClipping(builder, gradient, optimizer.clipNorm);
  addWeightDecay(builder, rule, optimizer.weightDecay ?? rule.defaultWeightDecay, trained);
  const state = rule.state.map((name) => builder.shared({ name, shape: parameter.shape }));
  const byName = Object.fromEntries(state.map((tensor) => [tensor.name, tensor]));
  builder.epilogue(rule.update({ parameter, gradient }, byName, optimizer));
  return state;
}

function addClipping(builder: PlanBuilder, gradient: Tensor, maxNorm: number): void {
  const sums = builder.perTask('gradientSquares', [1], 'f64');
  builder.epilogue({ op: 'squareSums', reads: { gradient }, writes: { sums } });
  builder.epilogue({ op: 'clipGradient', reads: { sums }, writes: { gradient }, maxNorm });
}

/** Applies to weights, but neither to biases nor to batch normalization. */
function addWeightDecay(
  builder: PlanBuilder,
  { isWeightDecayDecoupled }: AnyRule,
  decay: number,
  { parameter, gradient, decayedElements }: NetworkTensors['trained'],
): void {
  if (decay === 0) return;
  const decayed = (tensor: Tensor) => viewOf(tensor, `${tensor.name}.decayed`, [decayedElements], 0);
  const weight = decayed(parameter);
  if (isWeightDecayDecoupled) {
    builder.epilogue({ op: 'decayWeight', reads: {}, writes: { weight }, decay });
  } else {
    const writes = { gradient: decayed(gradient) };
    builder.epilogue({ op: 'weightPenaltyGrad', reads: { weight }, writes, decay });
  }
}
