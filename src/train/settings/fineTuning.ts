import { z } from 'zod';
import { flags } from './flags.js';

/** Where training starts, if not from weights of its own. */
export const fineTuningSettings = {
  initFrom: z.string().min(1).optional().register(flags, {
    value: 'RUN',
    help: 'start from the best network of a run or a checkpoint file, with a new head where the classes are others',
  }),
  freeze: z.array(z.string().min(1)).min(1).readonly().optional().register(flags, {
    value: 'LIST',
    help: 'layers of that network that stay as they are, such as layer1,layer2',
  }),
};
