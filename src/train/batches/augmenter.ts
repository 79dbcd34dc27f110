import { type Shape, sizeOf } from '../../core/shape.js';
import type { Engine } from '../../engine/engine.js';
import { teamOf } from '../../engine/team.js';
import { wasmKernels } from '../../kernels/generated/wasmKernels.js';
import { Arena } from '../../plan/arena.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { INERT_STEP } from '../../plan/steps.js';
import { type AugmentationPlan, augmentationPlan } from '../plans.js';
import { allocateSource, type SourceTensors } from './source.js';

/** What is augmented, and how. */
export interface AugmenterOptions {
  /** Of an image, `[height, width, channels]`. */
  readonly shape: Shape;
  readonly augmentation: Augmentation;
  /** The largest number of images at a time. */
  readonly batchSize: number;
  readonly threads: number;
}

/** Augments images outside of training, with the same operation. */
export class Augmenter {
  readonly #engine: Engine;
  readonly #source: SourceTensors;
  readonly #plan: AugmentationPlan;

  private constructor(engine: Engine, source: SourceTensors, plan: AugmentationPlan) {
    this.#engine = engine;
    this.#source = source;
    this.#plan = plan;
  }

  static async start({ shape, augmentation, batchSize, threads }: AugmenterOptions): Promise<Augmenter> {
    const arena = new Arena();
    const source = allocateSource(arena, shape, batchSize);
    const plan = augmentationPlan(arena, source, shape, augmentation);
    return new Augmenter(await teamOf(threads, wasmKernels)(arena.bytes), source, plan);
  }

  /**
   * @param images bytes, `[images, height, width, channels]`; mixup and cutmix mix these images
   * @param seed 32 random bits
   * @returns floats from 0 to 1, of the same shape
   */
  async augment(images: Uint8Array, seed: number): Promise<Float32Array> {
    const count = images.length / sizeOf(this.#source.items.shape);
    this.#engine.write(this.#source.items, images);
    await this.#engine.run(this.#plan.plan, [{ ...INERT_STEP, augmentSeed: seed, first: 0, count }]);
    return this.#engine.read(this.#plan.pixels, 'f32', images.length);
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}
