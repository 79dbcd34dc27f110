import * as z from 'zod/mini';
import { type Shape, sizeOf } from '../../core/shape.js';
import type { Tensor } from '../../plan/tensor.js';
import { type ParameterSpec, type PlanContext, type TorchLayout, vectorLayout } from '../layer.js';
import { optional } from '../../core/fields.js';

const DEFAULT_BIAS = true;

/** The field `bias`. */
export const bias = optional(z.boolean(), 'Whether to add a bias to each output', { default: DEFAULT_BIAS });

/** A layer with a weight and, by default, a bias. */
export interface Weighted {
  readonly bias?: boolean | undefined;
}

function hasBias(layer: Weighted): boolean {
  return layer.bias ?? DEFAULT_BIAS;
}

/**
 * Weight `[…taps, in, out]` and bias `[out]`, initialized as PyTorch does it: both uniform within ±1 / sqrt(fan-in).
 *
 * @param torch PyTorch's layout of the weight
 */
export function weightAndBias(layer: Weighted, weight: Shape, torch: TorchLayout): readonly ParameterSpec[] {
  const out = weight[weight.length - 1];
  const initial = { uniform: 1 / Math.sqrt(sizeOf(weight) / out) };
  const spec: ParameterSpec = { name: 'weight', shape: weight, torch, initial, trained: true };
  if (!hasBias(layer)) return [spec];
  return [spec, { name: 'bias', shape: [out], torch: vectorLayout(out), initial, trained: true }];
}

/** The parameters that the forward pass reads. */
export function readWeights(layer: Weighted, context: PlanContext) {
  const weight = context.parameter('weight');
  return hasBias(layer) ? { weight, bias: context.parameter('bias') } : { weight };
}

/** The gradients that the backward pass writes, for operations that compute both at once. */
export function weightGradients(layer: Weighted, context: PlanContext) {
  const weightGrad = context.gradient('weight');
  return hasBias(layer) ? { weightGrad, biasGrad: context.gradient('bias') } : { weightGrad };
}

/** The partial sums of the gradients of weight and bias, of each task or group of images; added up later in the step. */
export function partialGradients(
  layer: Weighted,
  { builder, name, ...context }: PlanContext,
  groups?: number,
) {
  const partialsOf = (parameter: 'weight' | 'bias'): Tensor => {
    const gradient = context.gradient(parameter);
    const partials = builder.perTask(
      `${name}.${parameter}.partials`,
      [sizeOf(gradient.shape)],
      'f32',
      groups,
    );
    builder.sumPartials(partials, gradient);
    return partials;
  };
  const weightPartials = partialsOf('weight');
  return hasBias(layer) ? { weightPartials, biasPartials: partialsOf('bias') } : { weightPartials };
}

/** The weight as the input gradient needs it: taps reversed, `[…taps, out, in]`. Recomputed in each step. */
export function transposedWeight({ builder, name, ...context }: PlanContext): Tensor {
  const weight = context.parameter('weight');
  const taps = weight.shape.slice(0, -2);
  const [inputs, outputs] = weight.shape.slice(-2);
  const transposed = builder.shared({ name: `${name}.weight.transposed`, shape: [...taps, outputs, inputs] });
  builder.prologue({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
  return transposed;
}

/** The end of a PyTorch constructor's arguments. */
export function biasArgument(layer: Weighted): string {
  return hasBias(layer) ? '' : ', bias=False';
}
