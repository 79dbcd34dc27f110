import { Random } from '../core/random.js';

/**
 * The order in which PyTorch's `DataLoader` with `shuffle=True` visits `count` items. Like PyTorch, it draws a base seed for
 * the loader's workers from the default generator, and then the seed of a generator used for this order only.
 */
export function shuffledOrder(generator: Random, count: number): Uint32Array {
  generator.uint64();
  return new Random(generator.uint64()).permutation(count);
}

/**
 * The order of a `DataLoader` without shuffling: 0 to `count - 1`. It also draws a base seed from the default generator, so
 * that omitting a loader would change every later draw.
 */
export function sequentialOrder(generator: Random, count: number): Uint32Array {
  generator.uint64();
  return Uint32Array.from({ length: count }, (_, i) => i);
}
