import * as z from 'zod/mini';
import { defineLayer } from './definition.js';
import { outputInPlace, sameHalo } from './layer.js';

export const dropout = defineLayer('dropout', {
  fields: {
    probability: z
      .number()
      .check(z.minimum(0), z.lt(1), z.describe('Probability of setting a value to zero')),
  },
  description:
    'In training, sets each value to zero with `probability` and divides the others by `1 - probability`; in evaluation, ' +
    'the identity. Source: Srivastava et al., "Dropout", JMLR 15, 2014.',
  inferOutput: (_layer, input) => input,
  inPlace: true,
  inputHalo: sameHalo,
  outputGradHalo: sameHalo,

  plan({ probability }, context) {
    const { builder, index, input, mode } = context;
    if (mode === 'evaluation') return { output: input, backward: (outputGrad) => outputGrad };
    const output = outputInPlace(context);
    builder.add({ op: 'dropout', reads: { input }, writes: { output }, probability, salt: index });
    return {
      output,
      backward(outputGrad) {
        const tensors = { reads: { input: outputGrad }, writes: { output: outputGrad } };
        builder.add({ op: 'dropout', ...tensors, probability, salt: index });
        return outputGrad;
      },
    };
  },

  torchModule: ({ probability }) => `nn.Dropout(${probability})`,
});

export function title({ probability }: ReturnType<typeof dropout>): string {
  return `Dropout ${probability}`;
}

/** The identity. */
export const onnxNodes = () => [];
