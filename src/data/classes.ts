import { InklingError } from '../core/errors.js';

/** How many of the labels there are of each class. */
export function countClasses(labels: Iterable<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

/**
 * Classes called by their numbers, as many as the largest label asks for.
 *
 * @param file to begin an error with
 * @throws {InklingError} when there is one class only
 */
export function numberedClasses(labels: readonly Uint8Array[], file: string): string[] {
  const used = new Set(labels.flatMap((some) => [...new Set(some)]));
  if (used.size < 2) {
    throw new InklingError(`${file}: every label is ${[...used].join('')}, expected at least two classes`);
  }
  return Array.from({ length: Math.max(...used) + 1 }, (_, i) => String(i));
}
