import { ORIGINAL_REPORT } from '../core/originalReport.js';
import { InklingError } from '../core/errors.js';
import { Random } from '../core/random.js';
import type { Dataset } from './dataset.js';

const TRAIN_FRACTION = 1 - ORIGINAL_REPORT.validationFraction.value;

/** Indices into `Dataset.train`, each in exactly one of the two. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Splits the training images of a data set into training and validation images: as the data set defines it, or otherwise at
 * random as `split` does.
 *
 * @throws {InklingError} when one of the two would be empty
 */
export function splitOf({ train, validationCount }: Dataset, seed: number): Split {
  const count = train.labels.length;
  if (validationCount === undefined) return split(count, seed);
  const indices = Uint32Array.from({ length: count }, (_, i) => i);
  const trainCount = count - validationCount;
  return { train: indices.subarray(0, trainCount), validation: indices.subarray(trainCount) };
}

/**
 * Splits `count` images into 90 % for training and 10 % for validation, like PyTorch's `random_split` with a generator
 * seeded with `seed`.
 *
 * @throws {InklingError} when one of the two would be empty
 */
export function split(count: number, seed: number): Split {
  if (count < 2) {
    throw new InklingError(`cannot split ${count} images into training and validation: expected at least 2`);
  }
  const order = new Random(seed).permutation(count);
  const trainCount = Math.trunc(count * TRAIN_FRACTION);
  return { train: order.subarray(0, trainCount), validation: order.subarray(trainCount) };
}
