import type { OpShape, Partition } from '../opShape.js';

/** The bytes of selected images -> float32 in [0, 1], and their labels. */
type GatherImages = OpShape<'gatherImages', 'images' | 'labels' | 'order', 'output' | 'targets'>;

/** float32 images -> the same images with a halo. */
type PadImages = OpShape<'padImages', 'input', 'output'>;

export type ImagesOp = GatherImages | PadImages;

export const imagesPartition: Readonly<Record<ImagesOp['op'], Partition>> = {
  gatherImages: 'items',
  padImages: 'items',
};
