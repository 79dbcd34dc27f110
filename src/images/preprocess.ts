import { InklingError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import { formatShape, type Shape } from '../core/shape.js';
import { centerCropResize } from './centerCropResize.js';
import type { ModelInputs } from './concern.js';
import type { DecodedImage } from './decodedImage.js';
import { normalizeDigit, normalizeDigits } from './digit/normalizeDigit.js';
import type { InputKind } from './inputKind.js';

/** Whether an image shows a single object, or a number whose digits are classified one by one. */
export type ImageContent = 'single' | 'number';

/** How to turn an image into model inputs. */
export interface PreprocessOptions {
  /** The model's input: `[height, width, channels]`. */
  readonly shape: Shape;
  readonly inputKind: InputKind;
  readonly content: ImageContent;
}

/**
 * Turns an image into model inputs: the drawing normalized like MNIST's digits, or the whole image resized.
 *
 * @throws {InklingError} when the image shows no drawing, or the model cannot take such an input
 */
export function preprocess(
  image: DecodedImage,
  { shape, inputKind, content }: PreprocessOptions,
): ModelInputs {
  const [height, , channels] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(
      `the model takes input of shape ${formatShape(shape)}, expected 1 or 3 channels to classify an image file`,
    );
  }
  if (content === 'single') {
    if (inputKind === 'digit') return normalizeDigit(image, height);
    return { pixels: toUnitFloats(centerCropResize(image, shape)), concerns: [] };
  }
  if (inputKind !== 'digit') {
    throw new InklingError(
      `the model takes whole images of ${formatShape(shape)}, expected a model trained on digits, such as MNIST's, to read a number`,
    );
  }
  return normalizeDigits(image, height);
}
