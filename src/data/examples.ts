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
