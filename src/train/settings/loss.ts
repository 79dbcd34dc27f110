import * as z from 'zod/mini';
import { positiveNumber } from '../../core/validate.js';
import { flags } from './flags.js';

/** Settings of the loss. */
export const lossSettings = {
  labelSmoothing: z
    ._default(z.number().check(z.minimum(0), z.lt(1)), 0)
    .register(flags, { value: 'FACTOR', help: 'label smoothing factor' }),
  classWeights: z
    .optional(
      z.union([z.literal('balanced'), z.readonly(z.array(positiveNumber))], {
        error: 'expected "balanced", or an array with a positive number for each class',
      }),
    )
    .check(z.describe('balanced, or one weight above 0 per class, such as 1,2,0.5'))
    .register(flags, {
      value: 'LIST',
      help: 'class weights in the loss: balanced (inversely proportional to class frequency), or one weight per class, such as 1,2,0.5',
    }),
};
