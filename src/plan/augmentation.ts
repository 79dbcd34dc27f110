import * as z from 'zod/mini';
import { nonNegativeInteger } from '../core/validate.js';

const MAX_PIXELS = 64;
const MAX_CHANGES = 8;

/** A number from 0 to a maximum, by default 0. */
const amount = (maximum: number) => z._default(z.number().check(z.minimum(0), z.maximum(maximum)), 0);
const pixels = amount(MAX_PIXELS);
const wholePixels = z._default(nonNegativeInteger.check(z.maximum(MAX_PIXELS)), 0);

/**
 * Random changes to the training images, drawn anew for each image of each epoch; 0 turns a change off. Pixels are those of the
 * data set's images.
 */
export const augmentationSchema = z.strictObject({
  shift: pixels.check(z.describe('pixels: maximum shift along each axis; may be fractional')),
  rotate: amount(180).check(z.describe('degrees: maximum rotation about the center')),
  scale: amount(0.5).check(z.describe('fraction: maximum enlargement or reduction')),
  shear: amount(45).check(z.describe('degrees: maximum shear')),
  elastic: pixels.check(z.describe('pixels: root mean square displacement of an elastic deformation')),
  crop: wholePixels.check(z.describe('pixels: random crop after padding each side by this many')),
  resizedCrop: amount(1).check(z.describe('fraction: resize a random part of at least this area')),
  flip: z
    ._default(z.boolean(), false)
    .check(z.describe('mirror images horizontally with a probability of 0.5')),
  border: z
    ._default(z.enum(['zero', 'reflect']), 'zero')
    .check(z.describe('padding beyond the edges: zero or reflect')),
  erase: wholePixels.check(z.describe('pixels: side of a random square that is set to zero')),
  brightness: amount(0.5).check(z.describe('fraction: maximum change in brightness')),
  contrast: amount(0.5).check(z.describe('fraction: maximum change in contrast')),
  saturation: amount(1).check(z.describe('fraction: maximum change in saturation')),
  hue: amount(0.5).check(z.describe('fraction of the color circle: maximum change in hue')),
  randAugment: z
    ._default(nonNegativeInteger.check(z.maximum(MAX_CHANGES)), 0)
    .check(z.describe('number of changes, drawn as in RandAugment')),
  mixup: amount(1).check(z.describe('alpha: blend with another image; share from Beta(alpha, alpha)')),
  cutmix: amount(1).check(z.describe('alpha: paste part of another image; share from Beta(alpha, alpha)')),
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
