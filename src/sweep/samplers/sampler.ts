import { Random } from '../../core/random.js';
import type { Params, Space } from '../space/space.js';
import type { Direction, Trial } from '../trial.js';

/** Decides which values a trial has. */
export interface Sampler {
  /** Learns from a trial that has ended, and no longer changes; undefined if the sampler does not depend on results. */
  readonly learn?: (trial: Trial) => void;
  /**
   * The values of a trial, which depend only on the space, the seed, its number, and the trials that the sampler has learned from, in whatever
   * order.
   *
   * @param number of the trial, from 0
   */
  readonly suggest: (number: number) => Params;
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
