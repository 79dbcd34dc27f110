import type { Shape } from '../../core/shape.js';
import type { Arena } from '../../plan/arena.js';
import type { Augmentation } from '../../plan/augmentation.js';
import type { PlanBuilder } from '../../plan/builder.js';
import { mixesImages } from '../../plan/mixesImages.js';
import type { Tensor } from '../../plan/tensor.js';

/** Labeled images, or their features, in the engine's memory; each step reads consecutive ones. */
export interface SourceTensors {
  /** `[count][height, width, channels]`: bytes of images, or floats of features */
  readonly items: Tensor;
  /** `[count]` */
  readonly labels: Tensor;
}

/** @param shape of an image or its features, `[height, width, channels]` */
export function allocateSource(
  arena: Arena,
  shape: Shape,
  count: number,
  dtype: 'u8' | 'f32' = 'u8',
): SourceTensors {
  return {
    items: arena.tensor({ name: dtype === 'u8' ? 'images' : 'features', dtype, shape, count }),
    labels: arena.tensor({ name: 'labels', dtype: 'i32', shape: [count] }),
  };
}

/** Adds the images, or features, and labels of a batch to a plan; returns the partners if images are mixed. */
export function addBatch(
  builder: PlanBuilder,
  { items, labels }: SourceTensors,
  output: Tensor,
  augmentation: Augmentation | undefined,
) {
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  if (items.dtype === 'f32') {
    builder.add({ op: 'loadFeatures', reads: { features: items, labels }, writes: { output, targets } });
    return { targets };
  }
  const reads = { images: items, labels };
  if (augmentation === undefined) {
    builder.add({ op: 'imagesToFloats', reads, writes: { output, targets } });
    return { targets };
  }
  const partners = builder.perImage('partners', [], { dtype: 'i32' });
  const partnerShares = builder.perImage('partnerShares', []);
  const writes = { output, targets, partners, partnerShares };
  builder.add({ op: 'augmentImages', reads, writes, augmentation });
  return { targets, ...(mixesImages(augmentation) && { partners: { partners, partnerShares } }) };
}
