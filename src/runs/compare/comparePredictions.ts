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

/**
 * Counts the images that either, both or neither of two classifiers predicts correctly, and tests the difference for significance.
 *
 * @param first the classes that the first classifier predicts, one per image
 * @param second those of the second
 * @param labels the true classes
 */
export function comparePredictions(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): PairedComparison {
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
