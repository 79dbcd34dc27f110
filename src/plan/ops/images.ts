import type { OpShape, Partition } from '../opShape.js';

/** The bytes of a batch of images -> float32 in [0, 1], and their labels. */
type ImagesToFloats = OpShape<'imagesToFloats', 'images' | 'labels', 'output' | 'targets'>;

/** Features of a batch, which were computed before, and their labels. */
type LoadFeatures = OpShape<'loadFeatures', 'features' | 'labels', 'output' | 'targets'>;

/** float32 images -> the same images with a halo. */
type PadImages = OpShape<'padImages', 'input', 'output'>;

export type ImagesOp = ImagesToFloats | LoadFeatures | PadImages;

export const imagesPartition: Readonly<Record<ImagesOp['op'], Partition>> = {
  imagesToFloats: 'items',
  loadFeatures: 'items',
  padImages: 'items',
};
