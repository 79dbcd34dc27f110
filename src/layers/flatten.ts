import { z } from 'zod';
import { type Activation, layerName, type LayerRule, noHalo } from './layer.js';
import { sizeOf } from '../core/shape.js';

export const flattenSchema = z.strictObject({
  type: z.literal('flatten'),
  name: layerName,
});

/** An image as one vector. The engine keeps its pixels' order; saved weights have PyTorch's. */
export type Flatten = Readonly<z.infer<typeof flattenSchema>>;

export const flattenRule: LayerRule<Flatten> = {
  outputOf(_layer, input): Activation {
    if (input.shape.length === 1) return input;
    return { shape: [sizeOf(input.shape)], flattenedFrom: input.shape };
  },
  parametersOf: () => [],
  multiplyAdds: () => 0,
  inputHalo: noHalo,
  outputGradHalo: noHalo,

  plan(_layer, { builder, name, input, outputShape, inputGradHalo }) {
    return {
      output: { ...input, shape: outputShape },
      backward(outputGrad) {
        const image = { ...outputGrad, shape: input.shape };
        if (inputGradHalo[0] === 0 && inputGradHalo[1] === 0) return image;
        const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: inputGradHalo });
        builder.add({ op: 'padImages', reads: { input: image }, writes: { output: inputGrad } });
        return inputGrad;
      },
    };
  },
};
