import type { Augmentation } from '../augmentation.js';
import type { OpShape, Partition } from '../opShape.js';

/** Like `imagesToFloats`, with each image changed at random and mixed with a partner, whose label and share it also outputs. */
type AugmentImages = OpShape<
  'augmentImages',
  'images' | 'labels',
  'output' | 'targets' | 'partners' | 'partnerShares'
> & { readonly augmentation: Augmentation };

export type AugmentImagesOp = AugmentImages;

export const augmentImagesPartition: Readonly<Record<AugmentImagesOp['op'], Partition>> = {
  augmentImages: 'items',
};
