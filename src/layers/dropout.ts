import { z } from 'zod';
import { layerName, type LayerRule, outputInPlace, sameHalo } from './layer.js';

export const dropoutSchema = z.strictObject({
  type: z.literal('dropout'),
  name: layerName,
  probability: z.number().min(0).lt(1),
});

/**
 * In training, zeroes each value with `probability` and divides the others by `1 - probability`; in evaluation it does
 * nothing. Source: Srivastava et al., "Dropout", JMLR 15, 2014.
 */
export type Dropout = Readonly<z.infer<typeof dropoutSchema>>;

export const dropoutRule: LayerRule<Dropout> = {
  outputOf: (_layer, input) => input,
  parametersOf: () => [],
  multiplyAdds: () => 0,
  inPlace: true,
  readsOutputBackwards: false,
  inputHalo: sameHalo,
  outputGradHalo: sameHalo,

  plan({ probability }, context) {
    const { builder, index, input, mode } = context;
    const output = mode === 'training' ? outputInPlace(context) : input;
    if (mode === 'training') {
      builder.add({ op: 'dropout', reads: { input }, writes: { output }, probability, salt: index });
    }
    return {
      output,
      backward(outputGrad) {
        const tensors = { reads: { input: outputGrad }, writes: { output: outputGrad } };
        builder.add({ op: 'dropout', ...tensors, probability, salt: index });
        return outputGrad;
      },
    };
  },
};
