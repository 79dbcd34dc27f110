import { describe } from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import { defineLayer } from './definition.js';
import type { Activation, TorchLayout } from './layer.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import {
  bias,
  biasArgument,
  readWeights,
  transposedWeight,
  weightAndBias,
  weightGradients,
} from './shared/weighted.js';

export const linear = defineLayer('linear', {
  fields: {
    outFeatures: positiveInteger.check(
      describe(
        'Number of outputs; in a model file, `"classes"` stands for the number of classes of the data',
      ),
    ),
    bias,
  },
  description: 'Fully connected layer: each output is a weighted sum of all inputs, plus a bias.',

  inferOutput(layer, input, who) {
    if (input.shape.length !== 1) {
      throw new InklingError(
        `${who}: expected a vector, got an image of ${formatShape(input.shape)}; add a flatten layer before it`,
      );
    }
    return { shape: [layer.outFeatures] };
  },

  parameters(layer, input) {
    const [inputs] = input.shape;
    return weightAndBias(layer, [inputs, layer.outFeatures], torchWeight(layer.outFeatures, input));
  },

  multiplyAdds: (layer, input) => input.shape[0] * layer.outFeatures,

  plan(layer, context) {
    const { builder, name, input } = context;
    const reads = { input, ...readWeights(layer, context) };
    const output = builder.perImage(`${name}.output`, context.outputShape);
    builder.add({ op: 'linear', reads, writes: { output } });

    return {
      output,
      backward(outputGrad) {
        if (!context.isFrozen) {
          const writes = weightGradients(layer, context);
          builder.epilogue({ op: 'linearWeightGrad', reads: { input, outputGrad }, writes });
        }
        if (!context.needsInputGrad) return undefined;
        const transposed = transposedWeight(context);
        const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape);
        builder.add({ op: 'linearInputGrad', reads: { outputGrad, transposed }, writes: { inputGrad } });
        return inputGrad;
      },
    };
  },

  torchModule: (layer, { shape }) => `nn.Linear(${shape[0]}, ${layer.outFeatures}${biasArgument(layer)})`,
});

export const title = () => 'Linear';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'Gemm', { transB: { int: 1 } })];
}

/** PyTorch flattens an image channel by channel, the engine pixel by pixel. */
function torchWeight(outputs: number, input: Activation): TorchLayout {
  const [inputs] = input.shape;
  const [height, width, channels] = input.flattenedFrom ?? [1, 1, inputs];
  return {
    axes: [outputs, channels, height, width],
    strides: [1, outputs, width * channels * outputs, channels * outputs],
    shape: [outputs, inputs],
  };
}
