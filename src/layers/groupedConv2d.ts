import type { Pair } from '../core/shape.js';
import type { PlanContext, PlannedLayer } from './layer.js';
import { partialGradients, readWeights, transposedWeight, type Weighted } from './weighted.js';

interface GroupedWindow {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly groups: number;
}

/** Adds a convolution whose channels are in groups to a plan. */
export function planGroupedConv2d(
  layer: Weighted,
  window: GroupedWindow,
  context: PlanContext,
): PlannedLayer {
  const { builder, name, input } = context;
  const reads = { input, ...readWeights(layer, context) };
  const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
  builder.add({ op: 'groupedConv2d', reads, writes: { output }, ...window });

  return {
    output,
    backward(outputGrad) {
      if (!context.isFrozen) {
        const writes = partialGradients(layer, context);
        builder.add({ op: 'groupedConv2dWeightGrad', reads: { input, outputGrad }, writes, ...window });
      }
      if (!context.needsInputGrad) return undefined;
      const transposed = transposedWeight(context);
      const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
      builder.add({
        op: 'groupedConv2dInputGrad',
        reads: { outputGrad, transposed },
        writes: { inputGrad },
        ...window,
      });
      return inputGrad;
    },
  };
}
