import { Random } from '../../core/random.js';
import type { Params, Space } from '../space/space.js';
import type { Direction, Trial } from '../trial.js';

/** Decides which values a trial has. */
export interface Sampler {
  /**
   * The values of a trial, which depend only on the space, the seed, and the arguments.
   *
   * @param number of the trial, from 0
   * @param trials those before it; the same list whenever a sampler is asked about one sweep
   */
  suggest(number: number, trials: readonly Trial[]): Params;
}

export interface SamplerOptions {
  readonly space: Space;
  readonly seed: number;
  readonly direction: Direction;
}

/** A stream of random numbers for each trial of a sweep. */
export function randomOf(seed: number, trial: number): Random {
  return new Random(mix(mix(seed) + trial));
}

/** Spreads the bits of an integer over 32 bits: the finalizer of A. Appleby's MurmurHash3. */
function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
