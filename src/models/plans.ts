import { type Arena } from '../plan/arena.js';
import { PlanBuilder } from '../plan/builder.js';
import type { Plan } from '../plan/plan.js';
import type { Tensor } from '../plan/tensor.js';
import { type NetworkTensors, planNetwork } from './network.js';
import type { ResolvedModel } from './resolved.js';

/** A plan that turns images into class probabilities. */
export interface PredictionPlan {
  readonly plan: Plan;
  /** `[batch, height, width, channels]`, from 0 to 1, to be filled before a run. */
  readonly pixels: Tensor;
  /** `[batch, classes]`, to be read after it, like the probabilities. */
  readonly logits: Tensor;
  /** `[batch, classes]` */
  readonly probabilities: Tensor;
}

export function predictionPlan(
  arena: Arena,
  resolved: ResolvedModel,
  tensors: NetworkTensors,
  batchSize: number,
): PredictionPlan {
  const { model, inputHalo } = resolved;
  const builder = new PlanBuilder(arena, batchSize);
  const pixels = builder.perImage('pixels', model.input);
  const input = builder.perImage('input', model.input, { halo: inputHalo });
  builder.add({ op: 'padImages', reads: { input: pixels }, writes: { output: input } });
  const { output: logits } = planNetwork(builder, resolved, tensors, input, 'evaluation');
  const probabilities = builder.perImage('probabilities', logits.shape);
  builder.add({ op: 'softmax', reads: { logits }, writes: { probabilities } });
  return { plan: builder.build('predict'), pixels, logits, probabilities };
}

/** Sends one image of zeros through the layers in front of the first linear one, in training mode; see `Model`. */
export function probePlan(arena: Arena, resolved: ResolvedModel, tensors: NetworkTensors): Plan {
  const { model, inputHalo } = resolved;
  const builder = new PlanBuilder(arena, 1);
  const zeros = builder.perImage('zeros', model.input, { halo: inputHalo });
  const end = model.layers.findIndex(({ type }) => type === 'linear');
  planNetwork(builder, resolved, tensors, zeros, 'training', end);
  return builder.build('probe');
}
