import { sizeOf } from '../../core/shape.js';
import type { NetworkTensors, TrainedPart } from '../../models/network.js';
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
    rateFactor: number,
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
  for (const part of withEqualRates(trained.parts)) {
    const byName = Object.fromEntries(state.map((tensor) => [tensor.name, partOf(tensor, part)]));
    const tensors = { parameter: partOf(parameter, part), gradient: partOf(gradient, part) };
    builder.epilogue(rule.update(tensors, byName, optimizer, part.rateFactor));
  }
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
  { parameter, gradient, parts }: NetworkTensors['trained'],
): void {
  if (decay === 0) return;
  for (const part of parts.filter(({ isDecayed }) => isDecayed)) {
    const { rateFactor } = part;
    const weight = partOf(parameter, part);
    if (isWeightDecayDecoupled) {
      builder.epilogue({ op: 'decayWeight', reads: {}, writes: { weight }, rateFactor, decay });
    } else {
      const writes = { gradient: partOf(gradient, part) };
      builder.epilogue({ op: 'weightPenaltyGrad', reads: { weight }, writes, decay });
    }
  }
}

/** Neighboring parts with the same learning rate, as one. */
function withEqualRates(parts: readonly TrainedPart[]): readonly TrainedPart[] {
  return parts.reduce<readonly TrainedPart[]>((merged, part) => {
    const last = merged.at(-1);
    if (last?.rateFactor !== part.rateFactor) return [...merged, part];
    return [...merged.slice(0, -1), { ...last, length: last.length + part.length }];
  }, []);
}

function partOf(tensor: Tensor, { start, length }: TrainedPart): Tensor {
  if (start === 0 && length === sizeOf(tensor.shape)) return tensor;
  return viewOf(tensor, `${tensor.name}.${String(start)}`, [length], start);
}
