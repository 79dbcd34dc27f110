import { InklingError } from '../core/errors.js';
import { Random } from '../core/random.js';

const TRAIN_FRACTION = 0.9;

/** Indices into a training set, each in exactly one of the two halves. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
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
