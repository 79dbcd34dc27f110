import * as z from 'zod/mini';
import { nonEmptyString } from '../../core/validate.js';
import { flags } from './flags.js';

/** Settings for fine-tuning. */
export const fineTuningSettings = {
  initFrom: z.optional(nonEmptyString).register(flags, {
    value: 'RUN',
    help: 'fine-tune the best weights of a run or a checkpoint file; the last layer is re-initialized if the classes differ',
  }),
  freeze: z.optional(z.readonly(z.array(nonEmptyString).check(z.minLength(1)))).register(flags, {
    value: 'LIST',
    help: 'names of layers to freeze during fine-tuning, such as layer1,layer2',
  }),
};
