import { InklingError } from '../core/errors.js';

/** The number of labels of each class. */
export function countClasses(labels: Iterable<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

/**
 * Class names for labels without names: the numbers from 0 to the largest label.
 *
 * @param file for error messages
 * @throws {InklingError} when all labels are equal
 */
export function numberedClasses(labels: readonly Uint8Array[], file: string): string[] {
  const used = new Set(labels.flatMap((some) => [...new Set(some)]));
  if (used.size < 2) {
    throw new InklingError(`${file}: every label is ${[...used].join('')}, expected at least two classes`);
  }
  return Array.from({ length: Math.max(...used) + 1 }, (_, i) => String(i));
}
