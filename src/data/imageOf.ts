import { checkArguments } from '../core/arguments/checkArguments.js';
import { UsageError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { type Shape, sizeOf } from '../core/shape.js';
import { unknownName } from '../core/suggest.js';
import type { Dataset } from './dataset.js';
import { pixelsOf } from './imageSet.js';

const PARTS = ['train', 'test'];

/** An image of a data set, as the classifier takes it. */
export interface DatasetImage {
  /** `[height, width, channels]`, from 0 to 255; those of the data set itself, if it is in memory */
  readonly pixels: Uint8Array;
  readonly shape: Shape;
}

/**
 * An image of a data set; its class is `dataset.classes[dataset[part].labels[index]]`.
 *
 * @param index among the training images, including those for validation, or the test images
 * @throws {UsageError} when there is no image with this index
 * @throws {InklingError} when it cannot be read
 */
export function imageOf(dataset: Dataset, part: 'train' | 'test', index: number): DatasetImage {
  checkArguments('imageOf', { dataset });
  const { shape } = dataset;
  // Programs in JavaScript may pass anything.
  const given: unknown = part;
  if (!PARTS.includes(part)) throw new UsageError(`imageOf: ${unknownName('part', String(given), PARTS)}`);
  const { images, labels } = dataset[part];
  if (!Number.isInteger(index) || index < 0 || index >= labels.length) {
    throw new UsageError(
      `imageOf: ${dataset.name} has ${formatCount(labels.length)} images in ${part}, expected an index below that, got ${index}`,
    );
  }
  return { pixels: pixelsOf(images, sizeOf(shape), index), shape };
}
