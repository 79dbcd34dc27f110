import type { Random } from '../../core/random.js';

/**
 * A number of mean 0 and standard deviation `deviation`, nearly normal: the sum of four uniform numbers, which never
 * strays beyond 3.5 deviations, so that no digit is distorted out of recognition.
 */
export function normal(random: Random, deviation: number): number {
  const sum = random.uniform(-1, 1) + random.uniform(-1, 1) + random.uniform(-1, 1) + random.uniform(-1, 1);
  return sum * Math.sqrt(3 / 4) * deviation;
}
