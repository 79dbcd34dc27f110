import type { Shape } from '../../core/shape.js';
import { Arena } from '../../plan/arena.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { PlanBuilder } from '../../plan/builder.js';
import type { Plan } from '../../plan/plan.js';
import type { Tensor } from '../../plan/tensor.js';
import { addBatch, allocateSource, type SourceTensors } from '../batches/source.js';

/** What is augmented, and how. */
export interface AugmentationPlanOptions {
  /** Of an image, `[height, width, channels]`. */
  readonly shape: Shape;
  readonly augmentation: Augmentation;
  /** The largest number of images at a time. */
  readonly batchSize: number;
}

/** A plan that augments a batch of images as training does. */
export interface AugmentationPlan {
  readonly plan: Plan;
  readonly source: SourceTensors;
  /** `[batch, height, width, channels]`, from 0 to 1, to be read after a step. */
  readonly pixels: Tensor;
  /** The size of the memory that it needs. */
  readonly memoryBytes: number;
}

/**
 * Plans the augmentation of images outside of training.
 *
 * @throws {MemoryError} when it does not fit into memory
 */
export function planAugmentation({
  shape,
  augmentation,
  batchSize,
}: AugmentationPlanOptions): Promise<AugmentationPlan> {
  const arena = new Arena();
  const source = allocateSource(arena, shape, batchSize);
  const builder = new PlanBuilder(arena, batchSize);
  const pixels = builder.perImage('pixels', shape, { kept: true });
  addBatch(builder, source, pixels, augmentation);
  return Promise.resolve({ plan: builder.build('augment'), source, pixels, memoryBytes: arena.bytes });
}
