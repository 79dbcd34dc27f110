import { z } from 'zod';
import { layerName, type LayerRule, outputInPlace, sameHalo } from './layer.js';

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
  inPlace: true,
  readsOutputBackwards: true,
  inputHalo: sameHalo,
  outputGradHalo: sameHalo,

  plan(_layer, context) {
    const { builder, input } = context;
    const output = outputInPlace(context);
    builder.add({ op: 'relu', reads: { input }, writes: { output } });
    return {
      output,
      backward(outputGrad) {
        const reads = { output, outputGrad };
        builder.add({ op: 'reluGrad', reads, writes: { inputGrad: outputGrad } });
        return outputGrad;
      },
    };
  },
};
