import { z } from 'zod';
import { layerName, type LayerRule, sameHalo } from './layer.js';

export const reluSchema = z.strictObject({
  type: z.literal('relu'),
  name: layerName,
});

/** `max(0, x)` */
export type Relu = Readonly<z.infer<typeof reluSchema>>;

export const reluRule: LayerRule<Relu> = {
  outputOf: (_layer, input) => input,
  parametersOf: () => [],
  multiplyAdds: () => 0,
  inputHalo: sameHalo,
  outputGradHalo: sameHalo,

  plan(_layer, { builder, input }) {
    builder.add({ op: 'relu', reads: { input }, writes: { output: input } });
    return {
      output: input,
      backward(outputGrad) {
        const reads = { output: input, outputGrad };
        builder.add({ op: 'reluGrad', reads, writes: { inputGrad: outputGrad } });
        return outputGrad;
      },
    };
  },
};
