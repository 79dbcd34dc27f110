import { sizeOf } from '../core/shape.js';
import type { Dataset } from './dataset.js';
import { pixelsOf } from './imageSet.js';

/** An image with its class. */
export interface ExampleImage {
  /** The name of the class. */
  readonly name: string;
  /** Its index among the training images. */
  readonly index: number;
  /** `[height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
}

/** The first training image of each class that has one, in the order of the classes. */
export function firstOfEachClass({ classes, shape, train }: Dataset): ExampleImage[] {
  const bytes = sizeOf(shape);
  return classes
    .map((name, label) => ({ name, index: train.labels.indexOf(label) }))
    .filter(({ index }) => index !== -1)
    .map(({ name, index }) => ({
      name,
      index,
      pixels: pixelsOf(train.images, bytes, index),
    }));
}

/**
 * Up to `count` images of each class that has any, taken from all of its training images, or of its test images if the data set has
 * only these.
 *
 * @returns rows in the order of the classes
 */
export function examplesOfEachClass(
  { classes, shape, train, test }: Dataset,
  count: number,
): { readonly name: string; readonly images: readonly Uint8Array[] }[] {
  const { images, labels } = train.labels.length > 0 ? train : test;
  const indices = classes.map((): number[] => []);
  labels.forEach((label, index) => indices[label].push(index));
  return classes
    .map((name, label) => ({
      name,
      images: spread(indices[label], count).map((index) => pixelsOf(images, sizeOf(shape), index)),
    }))
    .filter((row) => row.images.length > 0);
}

/** At most `count` items at equal distances, beginning with the first. */
function spread(items: readonly number[], count: number): number[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]);
}
