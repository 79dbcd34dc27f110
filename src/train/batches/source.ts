import type { Shape } from '../../core/shape.js';
import type { Arena } from '../../plan/arena.js';
import type { Augmentation } from '../../plan/augmentation.js';
import type { PlanBuilder } from '../../plan/builder.js';
import type { Tensor } from '../../plan/tensor.js';

/** Labeled images in the engine's memory; each step reads consecutive ones. */
export interface SourceTensors {
  /** `[count][height, width, channels]`, bytes */
  readonly images: Tensor;
  /** `[count]`, bytes */
  readonly labels: Tensor;
}

/** @param shape of an image, `[height, width, channels]` */
export function allocateSource(arena: Arena, shape: Shape, count: number): SourceTensors {
  return {
    images: arena.tensor({ name: 'images', dtype: 'u8', shape, count }),
    labels: arena.tensor({ name: 'labels', dtype: 'u8', shape: [count] }),
  };
}

/** Adds the images and labels of a batch to a plan; returns the partners if images are mixed. */
export function addImages(
  builder: PlanBuilder,
  reads: SourceTensors,
  output: Tensor,
  augmentation: Augmentation | undefined,
) {
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  if (augmentation === undefined) {
    builder.add({ op: 'imagesToFloats', reads: { ...reads }, writes: { output, targets } });
    return { targets };
  }
  const partners = builder.perImage('partners', [], { dtype: 'i32' });
  const partnerShares = builder.perImage('partnerShares', []);
  const writes = { output, targets, partners, partnerShares };
  builder.add({ op: 'augmentImages', reads: { ...reads }, writes, augmentation });
  const isMixed = augmentation.mixup > 0 || augmentation.cutmix > 0;
  return { targets, ...(isMixed && { partners: { partners, partnerShares } }) };
}
