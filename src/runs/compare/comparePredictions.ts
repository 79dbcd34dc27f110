import { checkValues } from '../../core/arguments/checkOptions.js';
import type { Kind } from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import { mcNemarExact } from './statistics.js';

/** The paired results of two classifiers on the same images, as numbers of images. */
export interface PairedComparison {
  readonly bothCorrect: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** Of McNemar's exact test. */
  readonly pValue: number;
}

const CLASSES: Kind = {
  what: 'an array of class indices',
  accepts: (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)),
};

/**
 * Counts the images that either, both or neither of two classifiers predicts correctly, and tests the difference for significance.
 *
 * @param first the classes that the first classifier predicts, one per image
 * @param second those of the second
 * @param labels the true classes
 * @throws {UsageError} for anything else, or different numbers of images
 */
export function comparePredictions(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): PairedComparison {
  checkValues(
    'comparePredictions',
    { first, second, labels },
    { first: CLASSES, second: CLASSES, labels: CLASSES },
  );
  if (first.length !== labels.length || second.length !== labels.length) {
    throw new UsageError(
      `comparePredictions: expected as many predictions as labels, got ${first.length}, ${second.length}, and ${labels.length} labels; predict the same images with both`,
    );
  }
  const count = (a: boolean, b: boolean) =>
    Array.from(labels).filter((label, i) => (first[i] === label) === a && (second[i] === label) === b).length;
  const [onlyFirst, onlySecond] = [count(true, false), count(false, true)];
  return {
    bothCorrect: count(true, true),
    onlyFirst,
    onlySecond,
    bothWrong: count(false, false),
    pValue: mcNemarExact(onlyFirst, onlySecond),
  };
}
