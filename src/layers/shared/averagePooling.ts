import type { Pair } from '../../core/shape.js';
import type { PlanContext, PlannedLayer } from '../layer.js';
import type { Window } from './window.js';

/**
 * Adds the mean of each window to a plan.
 *
 * @param divisor what the size and the stride of the window are divided by; a window covers all pixels that it overlaps
 */
export function planAveragePooling(
  { builder, name, input, ...context }: PlanContext,
  { kernel, stride }: Window,
  divisor: Pair = [1, 1],
): PlannedLayer {
  const window = { kernel, stride, divisor };
  const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
  builder.add({ op: 'avgPool2d', reads: { input }, writes: { output }, ...window });
  return {
    output,
    backward(outputGrad) {
      const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
      builder.add({ op: 'avgPool2dGrad', reads: { outputGrad }, writes: { inputGrad }, ...window });
      return inputGrad;
    },
  };
}
