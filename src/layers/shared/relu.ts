import type { Activation, PlanContext, PlannedLayer } from '../layer.js';
import { outputInPlace, sameHalo } from '../layer.js';

/**
 * What ReLU and ReLU6 have in common.
 *
 * @param maximum the upper bound of the output, or Infinity
 */
export function reluOf(maximum: number) {
  return {
    fields: {},
    inferOutput: (_layer: unknown, input: Activation) => input,
    inPlace: true,
    backwardReadsOutput: true,
    inputHalo: sameHalo,
    outputGradHalo: sameHalo,

    plan(_layer: unknown, context: PlanContext): PlannedLayer {
      const { builder, input } = context;
      const output = outputInPlace(context);
      builder.add({ op: 'relu', reads: { input }, writes: { output }, maximum });
      return {
        output,
        backward(outputGrad) {
          const reads = { output, outputGrad };
          builder.add({ op: 'reluGrad', reads, writes: { inputGrad: outputGrad }, maximum });
          return outputGrad;
        },
      };
    },
  };
}
