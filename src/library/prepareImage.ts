import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { validate } from '../core/validate.js';
import { defaultInputKind, INPUT_KINDS, type InputKind } from '../images/inputKind.js';
import { ImageReader } from '../images/readImage.js';
import { presetOptionsSchema } from '../models/presetOptions.js';
import { type ImageInput, inputsOfImage } from './imageInput.js';

/** How an image is prepared. */
export interface PrepareOptions {
  /** `[height, width, channels]` with 1 or 3 channels, to which an image of another size is resized. */
  readonly shape: Shape;
  /** As for `createDataset`: by default `digit` for square grayscale shapes, otherwise `image`. */
  readonly inputKind?: InputKind | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<PrepareOptions> = {
  shape: kinds.anything,
  inputKind: kinds.oneOf(INPUT_KINDS),
  signal: kinds.signal,
};

/**
 * Prepares an image as `createDataset` and `Classifier.classify` do: shows what a model sees.
 *
 * @returns `[height, width, channels]`, from 0 to 1
 * @throws {UsageError} for anything but a shape
 * @throws {InvalidInputError} when it is not an image
 * @throws {InklingError} when it cannot be decoded, or shows no drawing where a digit is expected
 * @example
 * ```ts
 * const pixels = await prepareImage(canvas, { shape: [28, 28, 1] });
 * ```
 */
export async function prepareImage(image: ImageInput, options: PrepareOptions): Promise<Float32Array> {
  checkOptions('prepareImage', options, OPTIONS, '{ shape: [28, 28, 1] }');
  const shape = validate(presetOptionsSchema.shape.input, options.shape, 'prepareImage: shape', UsageError);
  const { inputKind = defaultInputKind(shape), signal } = options;
  const reader = new ImageReader(shape, inputKind, 1);
  try {
    return (await inputsOfImage(image, reader, signal)).pixels;
  } finally {
    await reader.close();
  }
}
