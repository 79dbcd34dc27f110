import { z } from 'zod';
import { type Pair, sizeOf } from '../core/shape.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Tensor } from '../plan/tensor.js';
import { type Activation, layerName, type LayerRule, noHalo } from './layer.js';

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
  inPlace: true,
  readsOutputBackwards: false,
  inputHalo: noHalo,
  outputGradHalo: noHalo,

  plan(_layer, { builder, name, input, outputShape, inputGradHalo }) {
    const image = withHalo(builder, input, [0, 0], `${name}.input`);
    return {
      output: { ...image, shape: outputShape },
      backward: (outputGrad) =>
        withHalo(builder, { ...outputGrad, shape: input.shape }, inputGradHalo, `${name}.inputGrad`),
    };
  },
};

/** The images themselves where their halo is right, or a copy with the right one. */
function withHalo(builder: PlanBuilder, input: Tensor, halo: Pair, name: string): Tensor {
  if (input.halo[0] === halo[0] && input.halo[1] === halo[1]) return input;
  const output = builder.perImage(name, input.shape, { halo });
  builder.add({ op: 'padImages', reads: { input }, writes: { output } });
  return output;
}
