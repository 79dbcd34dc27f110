import type { PlanContext, PlannedLayer } from '../layer.js';
import type { Window } from '../window.js';

/** Adds the mean of each window to a plan. */
export function planAveragePooling(
  { builder, name, input, ...context }: PlanContext,
  window: Window,
): PlannedLayer {
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
