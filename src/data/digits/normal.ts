import type { Random } from '../../core/random.js';

/**
 * Draws from an approximately normal distribution with mean 0: the sum of four uniform numbers. It never exceeds 3.5 standard
 * deviations, so that no digit becomes unrecognizable.
 */
export function normal(random: Random, deviation: number): number {
  const sum = random.uniform(-1, 1) + random.uniform(-1, 1) + random.uniform(-1, 1) + random.uniform(-1, 1);
  return sum * Math.sqrt(3 / 4) * deviation;
}
