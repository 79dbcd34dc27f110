import * as z from 'zod';
import { flags } from './flags.js';

/** Settings of the loss. */
export const lossSettings = {
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .register(flags, { value: 'FACTOR', help: 'label smoothing factor' }),
  classWeights: z
    .union([z.literal('balanced'), z.array(z.number().positive()).readonly()])
    .optional()
    .describe('balanced, or one weight above 0 per class, such as 1,2,0.5')
    .register(flags, {
      value: 'LIST',
      help: 'class weights in the loss: balanced (inversely proportional to class frequency), or one weight per class, such as 1,2,0.5',
    }),
};
