import type { Augmentation } from '../augmentation.js';
import type { OpShape, Partition } from './shape.js';

/** Bytes of chosen images -> float32 in [0, 1], and their labels. */
type GatherImages = OpShape<'gatherImages', 'images' | 'labels' | 'order', 'output' | 'targets'>;

/** Like `gatherImages`, each image changed at random and mixed with a partner, of which it also gives label and share. */
type AugmentImages = OpShape<
  'augmentImages',
  'images' | 'labels' | 'order',
  'output' | 'targets' | 'partners' | 'partnerShares'
> & { readonly augmentation: Augmentation };

/** float32 images -> the same with a halo. */
type PadImages = OpShape<'padImages', 'input', 'output'>;

/** `output = input + other`, of items of one shape. */
type Add = OpShape<'add', 'input' | 'other', 'output'>;

export type ImageOp = GatherImages | AugmentImages | PadImages | Add;

export const imagesPartition: Readonly<Record<ImageOp['op'], Partition>> = {
  gatherImages: 'items',
  augmentImages: 'items',
  padImages: 'items',
  add: 'items',
};
