import type { Shape } from '#inkling/core/shape.js';
import type { Layer } from '#inkling/layers/index.js';
import { allocateNetwork, planNetwork as planModel } from '#inkling/models/network.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import type { Plan } from '#inkling/plan/plan.js';
import { MAX_STEPS } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { verifyPlan } from './verifyPlan.js';

export interface Network {
  readonly arena: Arena;
  readonly plan: Plan;
  readonly source: { readonly images: Tensor; readonly labels: Tensor };
  /** By name, such as `0.weight`. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** The gradients of the trained parameters. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly logits: Tensor;
  /** Mean loss and number of correct predictions of a training step. */
  readonly results: Tensor;
}

interface NetworkOptions {
  readonly layers: readonly Layer[];
  readonly imageShape: Shape;
  readonly imageCount: number;
  readonly batchSize: number;
  readonly mode: 'training' | 'evaluation';
  /** Whether a parameter is trained; all are by default. */
  readonly isTrained?: (name: string) => boolean;
}

/** Plans a network and its labeled images; in training, with the gradients of the mean cross-entropy loss. */
export function planNetwork(options: NetworkOptions): Network {
  const { layers, imageShape, imageCount, batchSize, mode, isTrained = () => true } = options;
  const [height, width, channels] = imageShape;
  const model = resolveModel({ name: 'test', input: [height, width, channels], layers });
  const frozen = model.parameters.map(({ name }) => name).filter((name) => !isTrained(name));
  const arena = new Arena(false);
  const builder = new PlanBuilder(arena, batchSize);
  const network = allocateNetwork(arena, model, { frozen: new Set(frozen) });
  const source = {
    images: builder.shared({ name: 'images', dtype: 'u8', shape: imageShape, count: imageCount }),
    labels: builder.shared({ name: 'labels', dtype: 'i32', shape: [imageCount] }),
  };
  const input = builder.perImage('input', imageShape, { halo: model.inputHalo });
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  builder.add({ op: 'imagesToFloats', reads: source, writes: { output: input, targets } });
  const { output: logits, backward } = planModel(builder, model, network, input, { mode });

  const results = builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
  if (mode === 'training') {
    const logitsGrad = builder.perImage('logitsGrad', logits.shape);
    const totals = builder.perTask('totals', [2], 'f64');
    builder.add({ op: 'crossEntropy', reads: { logits, targets }, writes: { logitsGrad, totals } });
    builder.add({ op: 'lossTotal', reads: { totals }, writes: { results } });
    backward(logitsGrad);
  }
  const { parameters, gradients } = network;
  const plan = builder.build(mode);
  verifyPlan(plan, arena.bytes, [...Object.values(source), ...parameters.values()]);
  return { arena, plan, source, parameters, gradients, logits, results };
}
