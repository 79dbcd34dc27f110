import { InklingError } from '../core/errors.js';
import { Random } from '../core/random.js';
import type { Dataset } from './dataset.js';

const TRAIN_FRACTION = 0.9;

/** Indices into a training set, each in exactly one of the two halves. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * The training images of a data set to learn from and to validate on: as the data set says, or else as `split` draws them.
 * @throws InklingError when a half would be empty
 */
export function splitOf({ train, validationCount }: Dataset, seed: number): Split {
  const count = train.labels.length;
  if (validationCount === undefined) return split(count, seed);
  const indices = Uint32Array.from({ length: count }, (_, i) => i);
  const trainCount = count - validationCount;
  return { train: indices.subarray(0, trainCount), validation: indices.subarray(trainCount) };
}

/**
 * Cuts `count` images into 90 % to learn from and 10 % to validate on, as PyTorch's `random_split` does with a
 * generator of its own seeded by `seed`.
 * @throws InklingError when a half would be empty
 */
export function split(count: number, seed: number): Split {
  if (count < 2) {
    throw new InklingError(`cannot split ${count} images into training and validation: expected at least 2`);
  }
  const order = new Random(seed).permutation(count);
  const trainCount = Math.trunc(count * TRAIN_FRACTION);
  return { train: order.subarray(0, trainCount), validation: order.subarray(trainCount) };
}
