import type { Random } from '../../core/random.js';
import { valueAt } from '../space/distribution.js';
import { chooseParams } from '../space/space.js';
import { randomOf, type Sampler, type SamplerOptions } from './sampler.js';

/** Digits beyond do not change a float64. */
const PRECISION_BITS = 53;

/** Fills the space evenly with the points of a scrambled Halton sequence, in which every parameter has a dimension. */
export function quasiRandomSampler({ space, seed }: SamplerOptions): Sampler {
  const coordinates = haltonSequence(space.parameters.length, randomOf(seed, 0));
  return {
    suggest: (number) =>
      chooseParams(space, ({ distribution }, index) => valueAt(distribution, coordinates[index](number))),
  };
}

/**
 * A Halton sequence whose digits are permuted at random, position by position.
 * Source: A. B. Owen, "A randomized Halton algorithm in R", arXiv:1706.02808, 2017.
 *
 * @returns for each dimension, the coordinate of a point by its index: from 0 to 1, without 1
 */
export function haltonSequence(dimensions: number, random: Random): ((index: number) => number)[] {
  return firstPrimes(dimensions).map((base) => {
    const digits = Math.ceil(PRECISION_BITS / Math.log2(base));
    const permutations = Array.from({ length: digits }, () => random.permutation(base));
    return (index) => {
      let [rest, coordinate, place] = [index, 0, 1];
      for (const permutation of permutations) {
        place /= base;
        coordinate += permutation[rest % base] * place;
        rest = Math.floor(rest / base);
      }
      return Math.min(coordinate, 1 - Number.EPSILON);
    };
  });
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}
