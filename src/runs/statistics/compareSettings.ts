import { comparePredictions, type PairedComparison } from '../compare/comparePredictions.js';
import { adjustByHolm, type PairedTest, pairedTest } from '../compare/pairedTest.js';
import { describeSample, SIGNIFICANT } from '../compare/statistics.js';
import { cohensD, type PairedEffect, pairedEffect } from './effectSize.js';

/** A run, as far as it is compared with others on the same images. */
export interface ComparableRun {
  readonly seed: number;
  readonly accuracy: number;
  /** The predicted class of each image. */
  readonly predictions: ArrayLike<number>;
}

/** Runs that differ only in their seeds. */
export type SettingRuns = readonly [ComparableRun, ...ComparableRun[]];

/** A test with its p-value adjusted by Holm's method for all tests of its kind. */
interface Adjusted {
  readonly adjustedPValue: number;
}

/** The first runs of two settings on the same images. */
export interface ImagesComparison extends PairedComparison, PairedEffect, Adjusted {}

/** Two settings over the seeds that both have. */
export interface SeedsComparison extends PairedTest, Adjusted {
  readonly seeds: readonly number[];
  /** Undefined if all differences are the same. */
  readonly cohensD: number | undefined;
  /** That of the differences. */
  readonly standardDeviation: number;
}

/** What is known about the difference between two settings, as indices. */
export interface SettingPair {
  readonly first: number;
  readonly second: number;
  readonly images: ImagesComparison;
  /** Undefined unless both have two or more seeds in common. */
  readonly seeds: SeedsComparison | undefined;
  /** Which of the two is better; undefined where the difference is not significant. */
  readonly winner: number | undefined;
}

/**
 * Compares each two settings: their first runs image by image, by McNemar's exact test, and, where they have seeds in common, their accuracies by
 * the paired t test. Images tell two trained networks apart, seeds two ways to train them: where there are several, these decide. All
 * p-values are adjusted by Holm's method.
 */
export function compareSettings(settings: readonly SettingRuns[], labels: ArrayLike<number>): SettingPair[] {
  const pairs = settings.flatMap((ofFirst, first) =>
    settings.slice(first + 1).map((ofSecond, offset) => ({
      first,
      second: first + 1 + offset,
      images: compareImages(ofFirst[0], ofSecond[0], labels),
      seeds: compareSeeds(ofFirst, ofSecond),
    })),
  );
  const ofImages = adjustByHolm(pairs.map(({ images }) => images.pValue));
  const deciding = adjustByHolm(pairs.map(({ images, seeds }) => (seeds ?? images).pValue));
  return pairs.map(({ first, second, images, seeds }, index) => ({
    first,
    second,
    images: { ...images, adjustedPValue: ofImages[index] },
    seeds: seeds && { ...seeds, adjustedPValue: deciding[index] },
    winner: winnerOf({ first, second, difference: (seeds ?? images).difference }, deciding[index]),
  }));
}

function winnerOf(
  { first, second, difference }: { first: number; second: number; difference: number },
  pValue: number,
): number | undefined {
  if (pValue >= SIGNIFICANT || difference === 0) return undefined;
  return difference > 0 ? first : second;
}

function compareImages(first: ComparableRun, second: ComparableRun, labels: ArrayLike<number>) {
  const counts = comparePredictions(first.predictions, second.predictions, labels);
  return { ...counts, ...pairedEffect(counts.onlyFirst, counts.onlySecond, labels.length) };
}

function compareSeeds(first: SettingRuns, second: SettingRuns) {
  const known = new Set(second.map(({ seed }) => seed));
  const seeds = [...new Set(first.map(({ seed }) => seed))].filter((seed) => known.has(seed));
  if (seeds.length < 2) return undefined;
  const [ofFirst, ofSecond] = [first, second].map((runs) =>
    seeds.map((seed) => runs.find((run) => run.seed === seed)?.accuracy ?? 0),
  );
  const differences = ofFirst.map((accuracy, index) => accuracy - ofSecond[index]);
  const { standardDeviation } = describeSample(differences);
  return { ...pairedTest(ofFirst, ofSecond), seeds, cohensD: cohensD(differences), standardDeviation };
}
