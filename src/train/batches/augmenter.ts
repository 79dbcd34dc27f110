import { sizeOf } from '../../core/shape.js';
import type { Engine } from '../../engine/engine.js';
import { teamOf } from '../../engine/teamOf.js';
import { wasmKernels } from '../../kernels/generated/wasmKernels.js';
import { INERT_STEP } from '../../plan/steps.js';
import {
  type AugmentationPlan,
  type AugmentationPlanOptions,
  planAugmentation,
} from '../plans/planAugmentation.js';

/** What is augmented, and how. */
export interface AugmenterOptions extends AugmentationPlanOptions {
  readonly threads: number;
}

/** Augments images outside of training, with the same operation. */
export class Augmenter {
  readonly #engine: Engine;
  readonly #plan: AugmentationPlan;

  private constructor(engine: Engine, plan: AugmentationPlan) {
    this.#engine = engine;
    this.#plan = plan;
  }

  static async start({ threads, ...options }: AugmenterOptions): Promise<Augmenter> {
    const plan = await planAugmentation(options);
    return new Augmenter(await teamOf(threads, wasmKernels)(plan.memoryBytes), plan);
  }

  /**
   * @param images bytes, `[images, height, width, channels]`; mixup and cutmix mix these images
   * @param seed 32 random bits
   * @returns floats from 0 to 1, of the same shape
   */
  async augment(images: Uint8Array, seed: number): Promise<Float32Array> {
    const { plan, source, pixels } = this.#plan;
    const count = images.length / sizeOf(source.items.shape);
    this.#engine.write(source.items, images);
    await this.#engine.run(plan, [{ ...INERT_STEP, augmentSeed: seed, first: 0, count }]);
    return this.#engine.read(pixels, 'f32', images.length);
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}
