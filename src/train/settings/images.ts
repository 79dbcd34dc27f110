import * as z from 'zod/mini';
import { positiveInteger } from '../../core/validate.js';
import { augmentationSchema } from '../../plan/augmentation.js';
import { viewsSchema } from '../../predict/viewSettings.js';
import { flags } from './flags.js';

/** Settings for augmentation. */
export const imageSettings = {
  augment: z.optional(augmentationSchema).register(flags, {
    value: 'LIST',
    help: 'random augmentation of the training images, such as shift=2,rotate=10,flip',
  }),
  augmentedViews: z._default(positiveInteger, 4).register(flags, {
    value: 'N',
    help: 'with frozen layers and augmentation: number of augmented views of each image, which are computed once and used in turn by the epochs',
  }),
  tta: z.optional(viewsSchema).register(flags, {
    value: 'LIST',
    help: 'test-time augmentation: average the predictions for several views, such as flip,shift=1',
  }),
};
