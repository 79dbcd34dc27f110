import { type NetworkTensors, planNetwork } from '../models/network.js';
import type { ResolvedLayer, ResolvedModel } from '../models/resolved.js';
import type { Arena } from '../plan/arena.js';
import { PlanBuilder } from '../plan/builder.js';
import type { Plan } from '../plan/plan.js';
import type { Tensor } from '../plan/tensor.js';
import { addInput, keptCopy } from '../predict/plans/predictionPlan.js';

/** Plans that compute, for one image, the output of a layer and the gradient with respect to it. */
export interface GradientPlan {
  /** Runs once after the weights are written. */
  readonly prologue: Plan;
  /** Runs for each image. */
  readonly main: Plan;
  /** `[height, width, channels]`, from 0 to 1; to be written before a run. */
  readonly input: Tensor;
  /** `[classes]`, the gradient of what is explained with respect to the logits; to be written before a run. */
  readonly logitsGrad: Tensor;
  /** `[height, width, channels]` of the layer; to be read after a run, like the gradient of the same shape. */
  readonly activations: Tensor;
  readonly gradients: Tensor;
}

/**
 * The forward pass in evaluation mode, and the layers' own backward passes down to one layer.
 *
 * @param network tensors without trained parameters, so that no gradients of weights are computed
 * @param observed a layer that outputs an image; undefined for the image itself
 */
export function gradientPlan(
  arena: Arena,
  model: ResolvedModel,
  network: NetworkTensors,
  observed: ResolvedLayer | undefined,
): GradientPlan {
  const builder = new PlanBuilder(arena, 1);
  const { input, padded } = addInput(builder, model);
  const { name, output } = observed ?? { name: 'input', output: { shape: input.shape } };
  let activations = observed === undefined ? input : undefined;
  let gradients: Tensor | undefined;
  const observe = (gradient: Tensor) => {
    gradients = keptCopy(builder, gradient, `${name}.gradients`, output.shape);
  };
  const { output: logits, backward } = planNetwork(builder, model, network, padded, {
    mode: 'evaluation',
    needsInputGrad: observed === undefined,
    onOutput(layer, values) {
      if (layer.name !== observed?.name) return;
      activations = keptCopy(builder, values, `${name}.activations`, output.shape);
    },
    ...(observed && { observedGradient: { layer: name, observe } }),
  });
  const logitsGrad = builder.perImage('logitsGrad', logits.shape, { kept: true });
  const inputGrad = backward(logitsGrad);
  if (observed === undefined && inputGrad !== undefined) observe(inputGrad);
  if (activations === undefined || gradients === undefined) throw new Error(`${name} has no gradient`);
  return { ...builder.buildWithPrologue('gradient'), input, logitsGrad, activations, gradients };
}
