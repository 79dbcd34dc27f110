import { z } from 'zod';
import { type Shape, sizeOf } from '../core/shape.js';
import type { Tensor } from '../plan/tensor.js';
import { type ParameterSpec, type PlanContext, type TorchLayout, vectorLayout } from './layer.js';

/** Whether a bias is added to each output; true when left out. */
export const hasBias = z.boolean().optional();

/** A layer with a weight, and a bias unless it says otherwise. */
export interface Weighted {
  readonly bias?: boolean | undefined;
}

/**
 * Weight `[…taps, in, out]` and bias `[out]`, drawn as PyTorch draws them: both uniform within 1 / sqrt(fan in).
 *
 * @param torch PyTorch's layout of the weight
 */
export function weightAndBias(
  { bias = true }: Weighted,
  weight: Shape,
  torch: TorchLayout,
): readonly ParameterSpec[] {
  const out = weight[weight.length - 1];
  const initial = { uniform: 1 / Math.sqrt(sizeOf(weight) / out) };
  const spec: ParameterSpec = { name: 'weight', shape: weight, torch, initial, trained: true };
  if (!bias) return [spec];
  return [spec, { name: 'bias', shape: [out], torch: vectorLayout(out), initial, trained: true }];
}

/** What the layer's output is made with: its weight, and its bias where it has one. */
export function readWeights({ bias = true }: Weighted, context: PlanContext) {
  const weight = context.parameter('weight');
  return bias ? { weight, bias: context.parameter('bias') } : { weight };
}

/** Room for what each task adds to the gradients of weight and bias, and the sum of it at the step's end. */
export function partialGradients({ bias = true }: Weighted, { builder, name, ...context }: PlanContext) {
  const partialsOf = (parameter: 'weight' | 'bias'): Tensor => {
    const gradient = context.gradient(parameter);
    const partials = builder.perTask(`${name}.${parameter}.partials`, [sizeOf(gradient.shape)]);
    builder.epilogue({ op: 'sumPartials', reads: { partials }, writes: { gradient } });
    return partials;
  };
  const weightPartials = partialsOf('weight');
  return bias ? { weightPartials, biasPartials: partialsOf('bias') } : { weightPartials };
}

/** The weight as the input gradient needs it: taps reversed, `out` in front of `in`. Made anew in each step. */
export function transposedWeight({ builder, name, ...context }: PlanContext): Tensor {
  const weight = context.parameter('weight');
  const taps = weight.shape.slice(0, -2);
  const [inputs, outputs] = weight.shape.slice(-2);
  const transposed = builder.shared({ name: `${name}.weight.transposed`, shape: [...taps, outputs, inputs] });
  builder.prologue({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
  return transposed;
}
