import { mcNemarExact } from './statistics.js';

/** How two classifiers answer the same images. */
export interface PairedComparison {
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** By McNemar's exact test. */
  readonly pValue: number;
}

/** Counts which of two lists of answers are right where, and tests whether they differ by more than chance. */
export function comparePredictions(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: Uint8Array,
): PairedComparison {
  const count = (a: boolean, b: boolean) =>
    labels.reduce(
      (sum, label, i) => sum + Number((first[i] === label) === a && (second[i] === label) === b),
      0,
    );
  const [onlyFirst, onlySecond] = [count(true, false), count(false, true)];
  return {
    bothRight: count(true, true),
    onlyFirst,
    onlySecond,
    bothWrong: count(false, false),
    pValue: mcNemarExact(onlyFirst, onlySecond),
  };
}
