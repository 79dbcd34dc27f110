import { checkArguments, checkArray } from '../core/arguments/checkArguments.js';
import { InvalidInputError, UsageError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { checkImages } from '../predict/checkImages.js';
import type { LayerGradients } from './layerGradients.js';

/**
 * How the pixels of a model's input affect its logits, on the calling thread: for saliency maps (Simonyan et al., 2014) and adversarial
 * examples. Its memory is that of the garbage collector.
 */
export class InputGradients {
  readonly #saved: SavedModel;
  readonly #gradients: LayerGradients;

  private constructor(saved: SavedModel, gradients: LayerGradients) {
    this.#saved = saved;
    this.#gradients = gradients;
  }

  /**
   * @throws {UsageError} for anything but a trained model
   * @throws {InklingError} when the weights do not fit the model, or the memory cannot be allocated
   */
  static async create(saved: SavedModel): Promise<InputGradients> {
    checkArguments('InputGradients.create', { saved });
    // It takes the kernels of training, which predictions do not.
    const { LayerGradients } = await import('./layerGradients.js');
    const model = resolveModel(saved.model);
    return new InputGradients(saved, await LayerGradients.create(model, saved.weights, undefined));
  }

  /**
   * The gradient of a sum of logits with respect to the pixels.
   *
   * @param pixels the model's input, `[height, width, channels]`: floats from 0 to 1, or bytes from 0 to 255
   * @param coefficients `[classes]`, what each logit is multiplied by in the sum: 1 for one class and 0 for the others is the gradient of
   *   its logit
   * @returns `[height, width, channels]`, per unit of a pixel from 0 to 1
   * @throws {InvalidInputError} when the pixels are not one image of the model's input shape, or a float is not from 0 to 1
   * @throws {UsageError} when there is not one finite coefficient for each class
   */
  of(pixels: Float32Array | Uint8Array, coefficients: readonly number[]): Float32Array {
    const { model, classes } = this.#saved;
    const count = checkImages(pixels, model.input, model.name);
    if (count !== 1) {
      throw new InvalidInputError(
        `${model.name}: expected the pixels of one image, got ${count}; pass one at a time`,
      );
    }
    checkArray('InputGradients.of: coefficients', coefficients, 'numbers');
    if (coefficients.length !== classes.length || !coefficients.every(Number.isFinite)) {
      throw new UsageError(
        `InputGradients.of: coefficients: expected ${classes.length} finite numbers, one for each class, got ${coefficients.join(', ')}; ` +
          'use 0 for classes that do not count',
      );
    }
    const floats = pixels instanceof Uint8Array ? toUnitFloats(pixels) : pixels;
    return this.#gradients.ofSum(floats, Float32Array.from(coefficients)).gradients;
  }
}
