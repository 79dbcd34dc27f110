import { augmentationSchema } from '../../plan/augmentation.js';
import { viewsSchema } from '../../predict/views.js';
import { flags } from './flags.js';

/** What is done to the images. */
export const imageSettings = {
  augment: augmentationSchema.optional().register(flags, {
    value: 'LIST',
    help: 'how images to learn from are changed at random, such as shift=2,rotate=10,flip',
  }),
  tta: viewsSchema.optional().register(flags, {
    value: 'LIST',
    help: 'test on the mean of several views of an image: flip, shift=1',
  }),
};
