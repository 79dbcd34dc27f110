import { InklingError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import { formatShape, type Shape } from '../core/shape.js';
import { digitize, digitizeNumber } from './digitize.js';
import { centerCropResize } from './centerCropResize.js';
import type { Picture } from './picture.js';
import type { PictureFit } from './pictureFit.js';

/** Whether a picture shows one thing, or a number of digits side by side. */
export type Reading = 'single' | 'number';

/** What a picture is to become. */
export interface Target {
  /** Of the model's images: `[height, width, channels]`. */
  readonly shape: Shape;
  readonly fit: PictureFit;
  readonly reading: Reading;
}

/**
 * What a model takes of a picture: the ink, set as MNIST's images are, or the whole picture resized.
 *
 * @returns `[images, height, width, channels]`, from 0 to 1; one image, or one a digit
 * @throws {InklingError} when there is nothing to see on the picture, or the model takes no pictures
 */
export function prepare(picture: Picture, { shape, fit, reading }: Target): Float32Array {
  const [height, width, channels] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new InklingError(`the model takes images of ${formatShape(shape)}, expected 1 or 3 channels`);
  }
  if (reading === 'single') {
    if (fit === 'ink') return digitize(picture, height);
    return toUnitFloats(centerCropResize(picture, shape));
  }
  if (fit !== 'ink') {
    throw new InklingError(
      `the model takes whole pictures of ${formatShape(shape)}; expected one of ink, such as MNIST's, to read a number`,
    );
  }
  const digits = digitizeNumber(picture, height);
  const images = new Float32Array(digits.length * height * width);
  digits.forEach((digit, i) => {
    images.set(digit, i * digit.length);
  });
  return images;
}
