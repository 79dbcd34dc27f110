import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import { type Activation, layerName, type LayerRule, noHalo, type TorchLayout } from './layer.js';
import { hasBias, readWeights, transposedWeight, weightAndBias } from './weighted.js';

export const linearSchema = z.strictObject({
  type: z.literal('linear'),
  name: layerName,
  outFeatures: positiveInteger,
  bias: hasBias,
});

/** Every output is a weighted sum of all inputs, and a bias unless it is left out. */
export type Linear = Readonly<z.infer<typeof linearSchema>>;

export const linearRule: LayerRule<Linear> = {
  outputOf(layer, input, who) {
    if (input.shape.length !== 1) {
      throw new InklingError(
        `${who}: expected a vector, got an image of ${formatShape(input.shape)}; put a flatten in front of it`,
      );
    }
    return { shape: [layer.outFeatures] };
  },

  parametersOf(layer, input) {
    const [inputs] = input.shape;
    return weightAndBias(layer, [inputs, layer.outFeatures], torchWeight(layer.outFeatures, input));
  },

  multiplyAdds: (layer, input) => input.shape[0] * layer.outFeatures,
  inPlace: false,
  readsOutputBackwards: false,
  inputHalo: noHalo,
  outputGradHalo: noHalo,

  plan(layer, context) {
    const { builder, name, input } = context;
    const reads = { input, ...readWeights(layer, context) };
    const output = builder.perImage(`${name}.output`, context.outputShape);
    builder.add({ op: 'linear', reads, writes: { output } });

    return {
      output,
      backward(outputGrad) {
        if (!context.isFrozen) {
          const weightGrad = context.gradient('weight');
          const writes =
            layer.bias === false ? { weightGrad } : { weightGrad, biasGrad: context.gradient('bias') };
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
};

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
