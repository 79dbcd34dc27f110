import { Random } from '../core/random.js';
import { countClasses, type Labels, MAX_CLASSES } from './classes.js';

/**
 * How the training images of an epoch are drawn: `shuffled`, each once in random order, or `balanced`, as many with replacement, all
 * classes equally often on average.
 */
export const SAMPLING_METHODS = ['shuffled', 'balanced'] as const;

export type SamplingMethod = (typeof SAMPLING_METHODS)[number];

/**
 * The order in which PyTorch's `DataLoader` with `shuffle=True` visits `count` items. Like PyTorch, it draws a base seed for
 * the loader's workers from the default generator, and then the seed of a generator used for this order only.
 */
export function shuffledOrder(generator: Random, count: number): Uint32Array {
  generator.uint64();
  return new Random(generator.uint64()).permutation(count);
}

/**
 * The items that PyTorch's `DataLoader` with a `WeightedRandomSampler` visits: as many as there are, drawn with replacement, each with a
 * weight of 1 divided by the number of items of its class. Like PyTorch, it draws a base seed for the loader's workers, and then all
 * items, from the default generator.
 *
 * @param labels the class of each item
 */
export function balancedOrder(generator: Random, labels: Labels): Uint32Array {
  generator.uint64();
  const shares = cumulativeShares(labels);
  return Uint32Array.from(labels, () => firstAtLeast(shares, generator.float64()));
}

/** The share of each item and those before it in the sum of all weights; the last is 1. */
function cumulativeShares(labels: Labels): Float64Array {
  const counts = countClasses(labels, MAX_CLASSES);
  let sum = 0;
  const sums = Float64Array.from(labels, (label) => (sum += 1 / counts[label]));
  return sums.map((value) => value / sum);
}

/** The index of the first of some ascending values that is at least as large as a number, or of the last one. */
function firstAtLeast(values: Float64Array, number: number): number {
  let [first, end] = [0, values.length - 1];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (values[middle] < number) first = middle + 1;
    else end = middle;
  }
  return first;
}

/**
 * The order of a `DataLoader` without shuffling: 0 to `count - 1`. It also draws a base seed from the default generator, so
 * that omitting a loader would change every later draw.
 */
export function sequentialOrder(generator: Random, count: number): Uint32Array {
  generator.uint64();
  return Uint32Array.from({ length: count }, (_, i) => i);
}
