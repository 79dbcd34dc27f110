import { z } from 'zod';
import { flags } from './flags.js';

/** What is made small. */
export const lossSettings = {
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .register(flags, { value: 'SHARE', help: 'share of a target that is spread over all classes' }),
  classWeights: z
    .union([z.literal('balanced'), z.array(z.number().positive()).readonly()])
    .optional()
    .describe('balanced, or a weight above 0 for each class such as 1,2,0.5')
    .register(flags, {
      value: 'LIST',
      help: 'what each class counts for in the loss: balanced, or a weight for each such as 1,2,0.5',
    }),
};
