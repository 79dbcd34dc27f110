import type { Shape } from '../core/shape.js';
import { InlineEngine } from '../engine/inline.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { wasmKernels } from '../kernels/generated/wasmKernels.js';
import { allocateForInference, writeWeights } from '../models/network.js';
import type { ResolvedLayer, ResolvedModel } from '../models/resolved.js';
import { Arena } from '../plan/arena.js';
import { INERT_STEP } from '../plan/steps.js';
import { type GradientPlan, gradientPlan } from './gradientPlan.js';

/** What a layer outputs for an image, and how it affects the logit of a class. */
export interface LayerGradient {
  /** `[height, width, channels]` */
  readonly shape: Shape;
  /** The output of the layer, of this shape. */
  readonly activations: Float32Array;
  /** The gradient of the logit with respect to it. */
  readonly gradients: Float32Array;
}

const ONE_IMAGE = { ...INERT_STEP, first: 0, count: 1 };

/** A saved model that is ready to compute gradients with respect to the output of one layer, on the calling thread. */
export class LayerGradients {
  readonly #engine: InlineEngine;
  readonly #plan: GradientPlan;

  private constructor(engine: InlineEngine, plan: GradientPlan) {
    this.#engine = engine;
    this.#plan = plan;
  }

  /**
   * @param model that of `weights`
   * @param layer one that outputs an image; undefined for the image itself
   * @throws {InklingError} when the weights do not fit the model, or the memory cannot be allocated
   */
  static async create(
    model: ResolvedModel,
    weights: SavedModel['weights'],
    layer: ResolvedLayer | undefined,
  ): Promise<LayerGradients> {
    const arena = new Arena();
    const network = allocateForInference(arena, model);
    const plan = gradientPlan(arena, model, network, layer);
    const engine = await InlineEngine.start(arena.bytes, wasmKernels);
    writeWeights(engine, network, weights);
    engine.runSync(plan.prologue, ONE_IMAGE);
    return new LayerGradients(engine, plan);
  }

  /**
   * @param pixels one image, `[height, width, channels]`, from 0 to 1
   * @param label the class whose logit is explained
   */
  of(pixels: Float32Array, label: number): LayerGradient {
    const coefficients = new Float32Array(this.#plan.logitsGrad.shape[0]);
    coefficients[label] = 1;
    return this.ofSum(pixels, coefficients);
  }

  /**
   * @param pixels one image, `[height, width, channels]`, from 0 to 1
   * @param coefficients `[classes]`, of the sum of the logits that is explained
   */
  ofSum(pixels: Float32Array, coefficients: Float32Array): LayerGradient {
    const { main, input, logitsGrad, activations, gradients } = this.#plan;
    const { tensors } = this.#engine;
    tensors.write(input, pixels);
    tensors.write(logitsGrad, coefficients);
    this.#engine.runSync(main, ONE_IMAGE);
    return {
      shape: activations.shape,
      activations: tensors.read(activations, 'f32'),
      gradients: tensors.read(gradients, 'f32'),
    };
  }
}
