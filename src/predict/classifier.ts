import type { SavedModel } from '../interop/checkpoint.js';
import { CompiledModel, type CompileOptions, type ModelOutputs } from './compiledModel.js';

/** A trained model that classifies images synchronously, on the calling thread. */
export class Classifier {
  readonly #compiled: CompiledModel;

  private constructor(compiled: CompiledModel) {
    this.#compiled = compiled;
  }

  /** @throws {InklingError} when the weights do not fit the model, or it has no layer with a name in `activations` */
  static async create(
    saved: SavedModel,
    options: Pick<CompileOptions, 'maxBatchSize' | 'activations'> = {},
  ): Promise<Classifier> {
    return new Classifier(await CompiledModel.create(saved, options));
  }

  /** The saved model. */
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
   * @throws {InklingError} when the number of values is not a multiple of an image's
   */
  predict(pixels: Float32Array): Float32Array {
    return this.run(pixels).probabilities;
  }

  /** The logits, before softmax; shapes and errors as in `predict`. */
  logits(pixels: Float32Array): Float32Array {
    return this.run(pixels).logits;
  }

  /** All outputs for one or more images: logits, probabilities and the requested activations. */
  run(pixels: Float32Array): ModelOutputs {
    return this.#compiled.runSync(pixels);
  }
}
