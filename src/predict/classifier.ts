import type { SavedModel } from '../interop/checkpoint.js';
import { CompiledModel, type CompileOptions, type ModelOutputs } from './compiledModel.js';

/** A trained model that classifies images on the calling thread, without waiting. */
export class Classifier {
  readonly #compiled: CompiledModel;

  private constructor(compiled: CompiledModel) {
    this.#compiled = compiled;
  }

  /** @throws {InklingError} when the weights are not the model's, or it has no layer of a name in `activations` */
  static async create(
    saved: SavedModel,
    options: Pick<CompileOptions, 'maxBatchSize' | 'activations'> = {},
  ): Promise<Classifier> {
    return new Classifier(await CompiledModel.create(saved, options));
  }

  /** The model and what it was saved with. */
  get saved(): SavedModel {
    return this.#compiled.saved;
  }

  /** The names of the classes, in the order of the probabilities. */
  get classes(): readonly string[] {
    return this.saved.classes;
  }

  /**
   * Class probabilities of one or more images.
   *
   * @param pixels `[images, height, width, channels]`, each from 0 (background) to 1 (ink)
   * @returns `[images, classes]`; each image's add up to 1
   * @throws {InklingError} when the pixels are no whole number of images
   */
  predict(pixels: Float32Array): Float32Array {
    return this.run(pixels).probabilities;
  }

  /** The outputs before softmax turns them into probabilities; shapes and errors are those of `predict`. */
  logits(pixels: Float32Array): Float32Array {
    return this.run(pixels).logits;
  }

  /** Everything that the model computes for one or more images, the activations that were asked for included. */
  run(pixels: Float32Array): ModelOutputs {
    return this.#compiled.runSync(pixels);
  }
}
