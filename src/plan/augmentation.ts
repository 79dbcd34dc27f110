import * as z from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape, type Shape } from '../core/shape.js';

const MAX_PIXELS = 64;

const pixels = z.number().min(0).max(MAX_PIXELS).default(0);
const integerPixels = z.int().min(0).max(MAX_PIXELS).default(0);
const alpha = z.number().min(0).max(1).default(0);
const fraction = z.number().min(0).max(0.5).default(0);
const degrees = (maximum: number) => z.number().min(0).max(maximum).default(0);

/**
 * Random changes to the training images, drawn anew for each image of each epoch; 0 turns a change off. Pixels are those of the
 * data set's images.
 */
export const augmentationSchema = z.strictObject({
  shift: pixels.describe('pixels: maximum shift along each axis; may be fractional'),
  rotate: degrees(180).describe('degrees: maximum rotation about the center'),
  scale: fraction.describe('fraction: maximum enlargement or reduction'),
  shear: degrees(45).describe('degrees: maximum shear'),
  elastic: pixels.describe('pixels: root mean square displacement of an elastic deformation'),
  crop: integerPixels.describe('pixels: random crop after padding each side by this many'),
  flip: z.boolean().default(false).describe('mirror images horizontally with a probability of 0.5'),
  border: z.enum(['zero', 'reflect']).default('zero').describe('padding beyond the edges: zero or reflect'),
  erase: integerPixels.describe('pixels: side of a random square that is set to zero'),
  brightness: fraction.describe('fraction: maximum change in brightness'),
  contrast: fraction.describe('fraction: maximum change in contrast'),
  mixup: alpha.describe('alpha: blend with another image; share from Beta(alpha, alpha)'),
  cutmix: alpha.describe('alpha: paste part of another image; share from Beta(alpha, alpha)'),
});

/** A complete augmentation: what a configuration omits is 0 or false. */
export type Augmentation = Readonly<z.output<typeof augmentationSchema>>;

/** An augmentation in the notation of the command line: `shift=2,flip`, or `none` if it changes nothing. */
export function formatAugmentation(augmentation: Augmentation | undefined): string {
  const unchanged = augmentationSchema.parse({});
  const changes = Object.entries(augmentation ?? unchanged).filter(
    ([name, value]) => value !== unchanged[name as keyof Augmentation],
  );
  if (changes.length === 0) return 'none';
  return changes.map(([name, value]) => (value === true ? name : `${name}=${String(value)}`)).join(',');
}

/**
 * @param shape of the images, `[height, width, channels]`
 * @throws {InklingError} if a change could remove a whole image
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
}
