import { InklingError } from '../../core/errors.js';
import type { Shape } from '../../core/shape.js';
import { unknownName } from '../../core/suggest.js';
import { type NetworkTensors, planNetwork } from '../../models/network.js';
import type { ResolvedModel } from '../../models/resolved.js';
import type { Arena } from '../../plan/arena.js';
import { PlanBuilder } from '../../plan/builder.js';
import type { Plan } from '../../plan/plan.js';
import type { Tensor } from '../../plan/tensor.js';

/** Plans that turn images into class probabilities. */
export interface PredictionPlan {
  /** Runs once after the weights are written. */
  readonly prologue: Plan;
  /** Runs for each batch. */
  readonly main: Plan;
  /** `[batch, height, width, channels]`: images from 0 to 1, or the output of the layers left out; to be written before a run. */
  readonly input: Tensor;
  /** `[batch, classes]`; to be read after a run, like all that follow. */
  readonly logits: Tensor;
  /** `[batch, classes]` */
  readonly probabilities: Tensor;
  /** `[batch, ...shape]`, the output of each observed layer, by the layer's name. */
  readonly activations: ReadonlyMap<string, Tensor>;
}

/** Which part of a model a plan computes, and which of its outputs. */
export interface PredictionPlanOptions {
  /** Names of layers whose outputs are returned as well. */
  readonly activations?: readonly string[] | undefined;
  /** The number of layers at the start that are left out; the input is their output. */
  readonly fixedLayers?: number | undefined;
}

/** @throws {InklingError} when the model has no layer with a name in `activations` */
export function predictionPlan(
  arena: Arena,
  model: ResolvedModel,
  tensors: NetworkTensors,
  batchSize: number,
  { activations: observed = [], fixedLayers = 0 }: PredictionPlanOptions = {},
): PredictionPlan {
  assertKnownLayers(model, observed);
  const builder = new PlanBuilder(arena, batchSize);
  const { input, padded } = addInput(builder, model, fixedLayers);
  const activations = new Map<string, Tensor>();
  const lastFixed = model.layers.slice(0, fixedLayers).at(-1);
  if (lastFixed && observed.includes(lastFixed.name)) activations.set(lastFixed.name, input);
  const { output } = planNetwork(builder, model, tensors, padded, {
    mode: 'evaluation',
    begin: fixedLayers,
    onOutput({ name, output: { shape } }, output) {
      if (!observed.includes(name)) return;
      activations.set(name, keptCopy(builder, output, `${name}.activation`, shape));
    },
  });
  const logits = keptCopy(builder, output, 'logits', output.shape);
  const probabilities = builder.perImage('probabilities', logits.shape, { kept: true });
  builder.add({ op: 'softmax', reads: { logits }, writes: { probabilities } });
  return { ...builder.buildWithPrologue('predict'), input, logits, probabilities, activations };
}

/**
 * Adds the input of a model, or of its layers after the fixed ones: `input`, to be written before a step, and `padded`, with the halo that
 * the first layer needs.
 */
export function addInput(builder: PlanBuilder, { layers }: ResolvedModel, fixedLayers = 0) {
  const { input: first, halos } = layers[fixedLayers];
  const input = builder.perImage('input', first.shape, { kept: true });
  const padded = builder.perImage('padded', first.shape, { halo: halos.input });
  builder.add({ op: 'padImages', reads: { input }, writes: { output: padded } });
  return { input, padded };
}

/** @throws {InklingError} when the model has no layer with one of these names */
export function assertKnownLayers({ model, allLayers }: ResolvedModel, names: readonly string[]): void {
  const known = allLayers.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new InklingError(`${model.name}: ${unknownName('layer', unknown, known)}`);
}

/** Adds a copy to be read after a step: a tensor's memory is used for others once no layer needs it. */
export function keptCopy(builder: PlanBuilder, output: Tensor, name: string, shape: Shape): Tensor {
  const copy = builder.perImage(name, shape, { kept: true });
  builder.add({ op: 'padImages', reads: { input: asImage(output) }, writes: { output: asImage(copy) } });
  return copy;
}

/** A vector as an image of one pixel. */
function asImage(tensor: Tensor): Tensor {
  const [height, width, channels]: Shape = [1, 1, ...tensor.shape].slice(-3);
  return { ...tensor, shape: [height, width, channels] };
}
