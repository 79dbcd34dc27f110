import type { Nonlinearity } from '../../plan/ops.js';
import type { PlanContext, PlannedLayer } from '../layer.js';

/** Adds a nonlinearity to a plan. Unlike ReLU's, its gradient is computed from the input, which must be preserved. */
export function planNonlinearity(
  { builder, name, input, ...context }: PlanContext,
  nonlinearity: Nonlinearity,
): PlannedLayer {
  const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
  builder.add({ op: 'nonlinearity', reads: { input }, writes: { output }, nonlinearity });
  return {
    output,
    backward(outputGrad) {
      const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
      const reads = { input, outputGrad };
      builder.add({ op: 'nonlinearityGrad', reads, writes: { inputGrad }, nonlinearity });
      return inputGrad;
    },
  };
}
