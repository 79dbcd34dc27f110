import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape, type Pair, type Shape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import type { Tensor } from '../plan/tensor.js';
import { type Convolution, suitsWinograd } from '../plan/winograd.js';
import { type Activation, layerName, type LayerRule, type PlanContext } from './layer.js';
import { planGroupedConv2d } from './groupedConv2d.js';
import { hasBias, partialGradients, readWeights, transposedWeight, weightAndBias } from './weighted.js';
import { asPair, imageShape, pairOf, windowOutput, windowSize } from './window.js';
import { transformedWeight } from './winograd.js';

export const conv2dSchema = z.strictObject({
  type: z.literal('conv2d'),
  name: layerName,
  outChannels: positiveInteger,
  kernel: windowSize,
  /** 1 when left out. */
  stride: windowSize.optional(),
  /** Zeros around the image; 0 when left out. */
  padding: pairOf(z.int().min(0)).optional(),
  /** In how many groups the channels are, each seen by its own outputs only; 1 when left out. */
  groups: positiveInteger.optional(),
  bias: hasBias,
});

/** Cross-correlation of the image with learned kernels, and a bias a channel unless it is left out. */
export type Conv2d = Readonly<z.infer<typeof conv2dSchema>>;

/** How the kernel moves over the image, with what is left out filled in. */
export function conv2dWindow(layer: Conv2d) {
  return {
    kernel: asPair(layer.kernel),
    stride: asPair(layer.stride ?? 1),
    padding: asPair(layer.padding ?? 0),
  };
}

export const conv2dRule: LayerRule<Conv2d> = {
  outputOf(layer, input, who) {
    const [height, width, inputs] = imageShape(input.shape, who);
    const { kernel, stride, padding } = conv2dWindow(layer);
    const padded: Pair = [height + 2 * padding[0], width + 2 * padding[1]];
    if (kernel[0] > padded[0] || kernel[1] > padded[1]) {
      throw new InklingError(
        `${who}: kernel ${formatShape(kernel)} exceeds its ${formatShape(padded)} input; ` +
          'add padding or drop a pooling layer',
      );
    }
    const { groups = 1, outChannels } = layer;
    if (inputs % groups !== 0 || outChannels % groups !== 0) {
      throw new InklingError(
        `${who}: ${groups} groups cannot share ${inputs} input and ${outChannels} output channels evenly; ` +
          'choose a number that divides both',
      );
    }
    return { shape: [...windowOutput(padded, kernel, stride), outChannels] };
  },

  parametersOf(layer, input) {
    const { kernel } = conv2dWindow(layer);
    const inputs = inputsOf(layer, input);
    const outputs = layer.outChannels;
    const shape = [outputs, inputs, ...kernel];
    return weightAndBias(layer, [...kernel, inputs, outputs], {
      axes: shape,
      shape,
      strides: [1, outputs, kernel[1] * inputs * outputs, inputs * outputs],
    });
  },

  multiplyAdds(layer, input) {
    const { kernel } = conv2dWindow(layer);
    const [height, width] = conv2dRule.outputOf(layer, input, 'conv2d').shape;
    return height * width * layer.outChannels * kernel[0] * kernel[1] * inputsOf(layer, input);
  },

  inPlace: false,
  readsOutputBackwards: false,
  inputHalo: (layer) => conv2dWindow(layer).padding,

  outputGradHalo(layer) {
    const { kernel, stride, padding } = conv2dWindow(layer);
    if (isGrouped(layer)) return [0, 0];
    // With stride 1 the input gradient is itself a convolution, of the output gradient with what padding left over.
    if (stride[0] !== 1 || stride[1] !== 1) return [0, 0];
    return [Math.max(0, kernel[0] - 1 - padding[0]), Math.max(0, kernel[1] - 1 - padding[1])];
  },

  plan(layer, context) {
    const { builder, name, input, outputShape } = context;
    const window = conv2dWindow(layer);
    if (isGrouped(layer)) return planGroupedConv2d(layer, { ...window, groups: layer.groups }, context);
    const convolution = convolutionOf(window, input.shape, outputShape);
    const weights = readWeights(layer, context);
    const transformed = transformedWeight(context, weights.weight, convolution);
    const reads = { input, ...weights, ...(transformed && { transformed }) };
    const output = builder.perImage(`${name}.output`, outputShape, { halo: context.outputHalo });
    builder.add({ op: 'conv2d', reads, writes: { output }, ...window });

    return {
      output,
      backward(outputGrad) {
        if (!context.isFrozen) {
          const writes = partialGradients(layer, context);
          const winograd = suitsWinograd(convolution, 'weightGrad');
          builder.add({ op: 'conv2dWeightGrad', reads: { input, outputGrad }, writes, ...window, winograd });
        }
        return context.needsInputGrad ? addInputGrad(context, window, outputGrad) : undefined;
      },
    };
  },
};

type Conv2dWindow = ReturnType<typeof conv2dWindow>;

function convolutionOf(window: Conv2dWindow, input: Shape, output: Shape): Convolution {
  return { inputs: input[2], outputs: output[2], ...window, size: [output[0], output[1]] };
}

function addInputGrad(context: PlanContext, window: Conv2dWindow, outputGrad: Tensor): Tensor {
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

function isGrouped(layer: Conv2d): layer is Conv2d & { readonly groups: number } {
  return layer.groups !== undefined && layer.groups > 1;
}

/** How many input channels each output sees. */
function inputsOf({ groups = 1 }: Conv2d, { shape }: Activation): number {
  return shape[2] / groups;
}
