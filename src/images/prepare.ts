import { InklingError } from '../core/errors.js';
import { formatShape, type Shape } from '../core/shape.js';
import { digitize, digitizeNumber } from './digitize.js';
import { fitColours } from './fitColours.js';
import type { Picture } from './picture.js';

/** Whether a picture shows one thing, or a number of digits side by side. */
export type Reading = 'single' | 'number';

/**
 * What a model takes of a picture: for a model of grey square images the ink, set as MNIST's images are; for others the
 * picture resized.
 *
 * @param shape of the model's images: `[height, width, channels]`
 * @returns `[images, height, width, channels]`, from 0 to 1; one image, or one a digit
 * @throws {InklingError} when there is nothing to see on the picture, or the model takes no pictures
 */
export function prepare(picture: Picture, shape: Shape, reading: Reading): Float32Array {
  const [height, width, channels] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(`the model takes images of ${formatShape(shape)}, expected 1 or 3 channels`);
  }
  const isInk = channels === 1 && height === width;
  if (reading === 'single') return isInk ? digitize(picture, height) : fitColours(picture, shape);
  if (!isInk) {
    throw new InklingError(
      `the model takes images of ${formatShape(shape)}; expected one of square grey images to read a number`,
    );
  }
  const digits = digitizeNumber(picture, height);
  const images = new Float32Array(digits.length * height * width);
  digits.forEach((digit, i) => {
    images.set(digit, i * digit.length);
  });
  return images;
}
