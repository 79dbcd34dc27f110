import { InklingError } from '../core/errors.js';
import { formatPlural } from '../core/format.js';
import { formatShape, type Shape } from '../core/shape.js';
import type { Augmentation } from './augmentation.js';

/**
 * @param shape of the images, `[height, width, channels]`
 * @throws {InklingError} if a change could remove a whole image, or needs colors that the images do not have
 */
export function assertAugmentable(augmentation: Augmentation, shape: Shape): void {
  const limit = Math.min(shape[0], shape[1]);
  for (const name of ['shift', 'elastic', 'crop', 'erase'] as const) {
    if (augmentation[name] < limit) continue;
    throw new InklingError(
      `augment: ${name} ${String(augmentation[name])} could remove whole images of ${formatShape(shape)}; ` +
        `use less than ${String(limit)} pixels`,
    );
  }
  for (const name of ['saturation', 'hue'] as const) {
    if (augmentation[name] === 0 || shape[2] === 3) continue;
    throw new InklingError(
      `augment: ${name} changes colors of red, green and blue, but images of ${formatShape(shape)} have ${formatPlural(shape[2], 'channel')}; ` +
        `leave ${name} out, or use brightness or contrast`,
    );
  }
}
