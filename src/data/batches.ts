import { Random } from '../core/random.js';

/**
 * The order in which PyTorch's `DataLoader` with `shuffle=True` visits `count` items, drawn from the default
 * generator: a base seed for the loader's workers, then the seed of a generator for this order alone.
 */
export function shuffledOrder(generator: Random, count: number): Uint32Array {
  generator.uint64();
  return new Random(generator.uint64()).permutation(count);
}

/**
 * The order of a `DataLoader` without shuffling: 0 to `count - 1`. It too draws a base seed from the default
 * generator, so leaving a loader out would shift every later draw.
 */
export function sequentialOrder(generator: Random, count: number): Uint32Array {
  generator.uint64();
  return Uint32Array.from({ length: count }, (_, i) => i);
}
