import * as z from 'zod';
import { flags } from './flags.js';

/** Settings for fine-tuning. */
export const fineTuningSettings = {
  initFrom: z.string().min(1).optional().register(flags, {
    value: 'RUN',
    help: 'fine-tune the best weights of a run or a checkpoint file; the last layer is re-initialized if the classes differ',
  }),
  freeze: z.array(z.string().min(1)).min(1).readonly().optional().register(flags, {
    value: 'LIST',
    help: 'names of layers to freeze during fine-tuning, such as layer1,layer2',
  }),
};
