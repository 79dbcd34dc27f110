import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape, type Shape } from '../core/shape.js';

const MOST_PIXELS = 64;

const pixels = z.number().min(0).max(MOST_PIXELS).default(0);
const wholePixels = z.int().min(0).max(MOST_PIXELS).default(0);
const alpha = z.number().min(0).max(1).default(0);
const share = z.number().min(0).max(0.5).default(0);
const degrees = (most: number) => z.number().min(0).max(most).default(0);

/**
 * What is done at random to the images that a network learns from, each time it sees one; 0 leaves a change out. Pixels are
 * those of the data set's images.
 */
export const augmentationSchema = z.strictObject({
  shift: pixels.describe('pixels: moved by up to so many, each way, fractions too'),
  rotate: degrees(180).describe('degrees: turned about the centre by up to so many'),
  scale: share.describe('share: made larger or smaller by up to this'),
  shear: degrees(45).describe('degrees: slanted by up to so many'),
  elastic: pixels.describe('pixels: bent smoothly; root mean square, each way'),
  crop: wholePixels.describe('pixels: cut out anew after adding so many at each side'),
  flip: z.boolean().default(false).describe('every other image mirrored, left to right'),
  border: z
    .enum(['zero', 'reflect'])
    .default('zero')
    .describe('what is seen beyond the edges: zero or reflect'),
  erase: wholePixels.describe('pixels: a square of this side wiped out'),
  brightness: share.describe('share: made brighter or darker by up to this'),
  contrast: share.describe('share: stronger or weaker about its mean by up to this'),
  mixup: alpha.describe('alpha: mixed with another, whose share is Beta(alpha, alpha)'),
  cutmix: alpha.describe('alpha: a rectangle of another, whose share is Beta(alpha, alpha)'),
});

/** A complete one: what is left out of a configuration is 0 or false. */
export type Augmentation = Readonly<z.output<typeof augmentationSchema>>;

/** What an augmentation does, as the command line has it: `shift=2,flip`; `none` where it does nothing. */
export function formatAugmentation(augmentation: Augmentation | undefined): string {
  const nothing = augmentationSchema.parse({});
  const changes = Object.entries(augmentation ?? nothing).filter(
    ([name, value]) => value !== nothing[name as keyof Augmentation],
  );
  if (changes.length === 0) return 'none';
  return changes.map(([name, value]) => (value === true ? name : `${name}=${String(value)}`)).join(',');
}

/**
 * @param shape of the images, `[height, width, channels]`
 * @throws {InklingError} when nothing may be left of them
 */
export function assertAugmentable(augmentation: Augmentation, shape: Shape): void {
  const most = Math.min(shape[0], shape[1]);
  for (const name of ['shift', 'elastic', 'crop', 'erase'] as const) {
    if (augmentation[name] < most) continue;
    throw new InklingError(
      `augment: ${name} ${String(augmentation[name])} loses images of ${formatShape(shape)}; ` +
        `use less than ${String(most)} pixels`,
    );
  }
}
