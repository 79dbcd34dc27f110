import type { OpShape, Partition } from '../opShape.js';

/** Bytes of chosen images -> float32 in [0, 1], and their labels. */
type GatherImages = OpShape<'gatherImages', 'images' | 'labels' | 'order', 'output' | 'targets'>;

/** float32 images -> the same with a halo. */
type PadImages = OpShape<'padImages', 'input', 'output'>;

export type ImagesOp = GatherImages | PadImages;

export const imagesPartition: Readonly<Record<ImagesOp['op'], Partition>> = {
  gatherImages: 'items',
  padImages: 'items',
};
