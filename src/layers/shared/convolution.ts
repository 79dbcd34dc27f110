import { type Pair, type Shape, sizeOf } from '../../core/shape.js';
import { TASKS } from '../../plan/plan.js';
import type { Tensor } from '../../plan/tensor.js';
import { imageGroupsOf } from '../../plan/weightGradTasks.js';
import { type Convolution, winogradTileSize } from '../../plan/winograd.js';
import type { PlanContext, PlannedLayer } from '../layer.js';
import { partialGradients, readWeights, transposedWeight, type Weighted } from './weighted.js';
import type { Window } from './window.js';
import { transformedWeight } from './winograd.js';

interface DilatedWindow extends Window {
  readonly padding: Pair;
  readonly dilation: Pair;
}

/** Adds a convolution of all channels to a plan. */
export function planConv2d(layer: Weighted, window: DilatedWindow, context: PlanContext): PlannedLayer {
  const { builder, name, input, outputShape } = context;
  const convolution = convolutionOf(window, input.shape, outputShape);
  const weights = readWeights(layer, context);
  const transformed = transformedWeight(context, weights.weight, convolution);
  const reads = { input, ...weights, ...(transformed && { transformed }) };
  const output = builder.perImage(`${name}.output`, outputShape, { halo: context.outputHalo });
  builder.add({ op: 'conv2d', reads, writes: { output }, ...window });

  return {
    output,
    backward(outputGrad) {
      if (!context.isFrozen) addWeightGrad(layer, convolution, context, window, outputGrad);
      return context.needsInputGrad ? addInputGrad(context, window, outputGrad) : undefined;
    },
  };
}

function convolutionOf(window: DilatedWindow, input: Shape, output: Shape): Convolution {
  return { inputs: input[2], outputs: output[2], ...window, size: [output[0], output[1]] };
}

function addWeightGrad(
  layer: Weighted,
  convolution: Convolution,
  context: PlanContext,
  window: DilatedWindow,
  outputGrad: Tensor,
): void {
  const { builder, input } = context;
  const tileSize = winogradTileSize(convolution, 'weightGrad');
  const groups = imageGroupsOf(
    input.count * sizeOf(input.shape),
    sizeOf(context.parameter('weight').shape),
    convolution.outputs,
    tileSize === undefined ? 'definition' : 'winograd',
  );
  const writes = partialGradients(layer, context, groups);
  const op = groups === TASKS ? 'conv2dWeightGrad' : 'conv2dGroupWeightGrad';
  builder.add({ op, reads: { input, outputGrad }, writes, ...window, tileSize });
}

function addInputGrad(context: PlanContext, window: DilatedWindow, outputGrad: Tensor): Tensor {
  const { builder, name, input } = context;
  const [above, before] = window.padding.map((zeros, axis) => window.kernel[axis] - 1 - zeros);
  const transposed = transposedWeight(context);
  const convolution = convolutionOf({ ...window, padding: [above, before] }, outputGrad.shape, input.shape);
  const transformed = transformedWeight(context, transposed, convolution);
  const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
  builder.add({
    op: 'conv2dInputGrad',
    reads: { outputGrad, transposed, ...(transformed && { transformed }) },
    writes: { inputGrad },
    ...window,
  });
  return inputGrad;
}

/** Adds a convolution of channels in groups to a plan. */
export function planGroupedConv2d(
  layer: Weighted,
  window: DilatedWindow & { readonly groups: number },
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
      const reads = { outputGrad, transposed };
      builder.add({ op: 'groupedConv2dInputGrad', reads, writes: { inputGrad }, ...window });
      return inputGrad;
    },
  };
}
