import * as originalReport from '../core/originalReport.js';
import { InklingError } from '../core/errors.js';
import { formatPlural } from '../core/format.js';
import { option } from '../core/optionName.js';
import { Random } from '../core/random.js';
import { countClasses, type Labels } from './classes.js';
import type { Dataset, SplitMethod } from './dataset.js';

const TRAIN_FRACTION = 1 - originalReport.validationFraction.value;

/** Indices into `Dataset.train`, each in exactly one of the two. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Splits the training images of a data set into training and validation images: as the data set defines it, or otherwise by
 * drawing them.
 *
 * @param method by default that of the data set
 * @throws {InklingError} when one of the two would be empty; a data set without any training images is allowed
 */
export function splitOf(dataset: Dataset, seed: number, method?: SplitMethod): Split {
  const { train, validationCount, classes } = dataset;
  const count = train.labels.length;
  if (count === 0) return { train: new Uint32Array(), validation: new Uint32Array() };
  if (validationCount === undefined) {
    const drawn = method ?? splitMethodOf(dataset, seed);
    return drawn === 'random' ? split(count, seed) : stratifiedSplit(train.labels, classes.length, seed);
  }
  const indices = Uint32Array.from({ length: count }, (_, i) => i);
  const trainCount = count - validationCount;
  return { train: indices.subarray(0, trainCount), validation: indices.subarray(trainCount) };
}

/**
 * Splits `count` images into 90 % for training and 10 % for validation, like PyTorch's `random_split` with a generator
 * seeded with `seed`.
 *
 * @throws {InklingError} when one of the two would be empty
 */
export function split(count: number, seed: number): Split {
  if (count < 2) {
    throw new InklingError(`cannot split ${count} images into training and validation: expected at least 2`);
  }
  const order = new Random(seed).permutation(count);
  const trainCount = Math.trunc(count * TRAIN_FRACTION);
  return { train: order.subarray(0, trainCount), validation: order.subarray(trainCount) };
}

/**
 * How the validation images of a data set are drawn: as it specifies, or otherwise at random, unless that would leave a class
 * without training or validation images.
 */
export function splitMethodOf({ splitMethod, train, classes }: Dataset, seed: number): SplitMethod {
  if (splitMethod !== undefined) return splitMethod;
  if (train.labels.length < 2) return 'random';
  const { train: training, validation } = split(train.labels.length, seed);
  const isComplete = [training, validation].every((part) =>
    countClasses(
      Array.from(part, (image) => train.labels[image]),
      classes.length,
    ).every((count) => count > 0),
  );
  return isComplete ? 'random' : 'stratified';
}

/**
 * Splits images so that a tenth of each class, but at least one image of a class with two or more, is used for validation.
 *
 * @throws {InklingError} when one of the two would be empty
 */
export function stratifiedSplit(labels: Labels, classes: number, seed: number): Split {
  const order = split(labels.length, seed);
  const shuffled = [...order.train, ...order.validation];
  const quotas = countClasses(labels, classes).map((count) =>
    count < 2 ? 0 : Math.max(1, Math.round(count * originalReport.validationFraction.value)),
  );
  const isValidation = new Uint8Array(labels.length);
  for (const image of [...shuffled].reverse()) {
    if (quotas[labels[image]]-- > 0) isValidation[image] = 1;
  }
  const part = (wanted: number) =>
    Uint32Array.from(shuffled.filter((image) => isValidation[image] === wanted));
  return { train: part(0), validation: part(1) };
}

/** One of several parts of the training images, each of which validates one run. */
export interface Fold {
  /** The number of parts. */
  readonly folds: number;
  /** Which of them validates, from 1 to `folds`. */
  readonly fold: number;
  readonly seed: number;
}

/**
 * Divides the training images into folds, at random, and returns the split in which one of them validates and the others train. As in scikit-learn's
 * `StratifiedKFold`, neither the numbers of images in two folds nor those of a class differ by more than one.
 *
 * @throws {InklingError} when the data set defines its validation images, or a class has fewer training images than there are folds
 */
export function foldSplit(dataset: Dataset, { folds, fold, seed }: Fold): Split {
  const { labels } = dataset.train;
  const counts = countClasses(labels, dataset.classes.length);
  assertDivisible(dataset, counts, folds);
  const order = new Random(seed).permutation(labels.length);
  // The images, class by class, go to one fold after the other. This is where those of each class begin.
  const places = counts.map((_, label) => counts.slice(0, label).reduce((sum, count) => sum + count, 0));
  const foldOf = new Uint32Array(labels.length);
  for (const image of order) foldOf[image] = (places[labels[image]]++ % folds) + 1;
  return {
    train: order.filter((image) => foldOf[image] !== fold),
    validation: order.filter((image) => foldOf[image] === fold),
  };
}

/** @throws {InklingError} when the data set defines its validation images, which an option would replace */
export function assertNoValidation({ source, validationCount }: Dataset, flag: string): void {
  if (validationCount === undefined) return;
  const what = flag === option('folds') ? 'folds' : flag;
  throw new InklingError(
    `${source.location}: defines its ${formatPlural(validationCount, 'validation image')}, which ${what} would replace; make them training images, or leave out ${flag}`,
  );
}

function assertDivisible(dataset: Dataset, counts: readonly number[], folds: number): void {
  assertNoValidation(dataset, option('folds'));
  const { source, classes } = dataset;
  const smallest = Math.min(...counts);
  if (smallest >= folds) return;
  throw new InklingError(
    `${source.location}: the class "${classes[counts.indexOf(smallest)]}" has ${formatPlural(smallest, 'training image')}, expected at least one for each of ${folds} folds; add images, or decrease ${option('folds')}`,
  );
}
