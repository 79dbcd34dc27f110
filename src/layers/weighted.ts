import { type Shape, sizeOf } from '../core/shape.js';
import type { Tensor } from '../plan/tensor.js';
import { type ParameterSpec, type PlanContext, type TorchLayout, vectorLayout } from './layer.js';

/**
 * Weight `[…taps, in, out]` and bias `[out]`, drawn as PyTorch draws them: both uniform within 1 / sqrt(fan in).
 *
 * @param torch PyTorch's layout of the weight
 */
export function weightAndBias(weight: Shape, torch: TorchLayout): ParameterSpec[] {
  const out = weight[weight.length - 1];
  const initial = { uniform: 1 / Math.sqrt(sizeOf(weight) / out) };
  return [
    { name: 'weight', shape: weight, torch, initial, trained: true },
    { name: 'bias', shape: [out], torch: vectorLayout(out), initial, trained: true },
  ];
}

/** Room for what each task adds to the gradients of weight and bias, and the sum of it at the step's end. */
export function partialGradients({ builder, name, ...context }: PlanContext) {
  const partialsOf = (parameter: 'weight' | 'bias'): Tensor => {
    const gradient = context.gradient(parameter);
    const partials = builder.perTask(`${name}.${parameter}.partials`, [sizeOf(gradient.shape)]);
    builder.complete({ op: 'sumPartials', reads: { partials }, writes: { gradient } });
    return partials;
  };
  return { weightPartials: partialsOf('weight'), biasPartials: partialsOf('bias') };
}

/** The weight as the input gradient needs it: taps reversed, `out` in front of `in`. Made anew in each step. */
export function transposedWeight({ builder, name, ...context }: PlanContext): Tensor {
  const weight = context.parameter('weight');
  const taps = weight.shape.slice(0, -2);
  const [inputs, outputs] = weight.shape.slice(-2);
  const transposed = builder.shared({ name: `${name}.weight.transposed`, shape: [...taps, outputs, inputs] });
  builder.prepare({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
  return transposed;
}
