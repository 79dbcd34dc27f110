import { InklingError } from '../core/errors.js';

/**
 * How much each pixel affects a logit: the largest absolute gradient of its channels, divided by that of all pixels. All are 0 if no pixel affects it.
 * Source: Simonyan, Vedaldi, and Zisserman, "Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps", 2014.
 *
 * @param gradients `[height, width, channels]` of the logit with respect to the pixels
 * @returns `[height, width]`, from 0 to 1
 * @throws {InklingError} when the numbers are not finite
 */
export function gradientStrength(gradients: Float32Array, channels: number): Float32Array<ArrayBuffer> {
  const strengths = new Float32Array(gradients.length / channels);
  gradients.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      throw new InklingError(
        `gradient: expected finite gradients, got ${value}; the weights are too large or damaged: use another model`,
      );
    }
    const pixel = Math.floor(i / channels);
    strengths[pixel] = Math.max(strengths[pixel], Math.abs(value));
  });
  const largest = strengths.reduce((most, value) => Math.max(most, value), 0) || 1;
  return strengths.map((value) => value / largest);
}
