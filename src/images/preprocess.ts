import { InklingError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import { formatShape, type Shape } from '../core/shape.js';
import { centerCropResize } from './centerCropResize.js';
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
 * @returns `[images, height, width, channels]`, from 0 to 1: one image, or one per digit of a number
 * @throws {InklingError} when the image shows no drawing, or the model cannot take such an input
 */
export function preprocess(
  image: DecodedImage,
  { shape, inputKind, content }: PreprocessOptions,
): Float32Array {
  const [height, width, channels] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(
      `the model takes input of shape ${formatShape(shape)}, expected 1 or 3 channels to classify an image file`,
    );
  }
  if (content === 'single') {
    if (inputKind === 'digit') return normalizeDigit(image, height);
    return toUnitFloats(centerCropResize(image, shape));
  }
  if (inputKind !== 'digit') {
    throw new InklingError(
      `the model takes whole images of ${formatShape(shape)}, expected a model trained on digits, such as MNIST's, to read a number`,
    );
  }
  const digits = normalizeDigits(image, height);
  const images = new Float32Array(digits.length * height * width);
  digits.forEach((digit, i) => {
    images.set(digit, i * digit.length);
  });
  return images;
}
