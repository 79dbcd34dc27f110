import * as originalReport from '../../core/originalReport.js';
import { InklingError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { option } from '../../core/optionName.js';
import { Random } from '../../core/random.js';
import { countClasses } from '../classes.js';
import type { Dataset } from '../dataset.js';
import { assertNoValidation, type Fold, type Split } from '../split.js';
import { assignGroups } from './assignGroups.js';
import { groupsOf } from './groupsOf.js';

/** A fold of groups: no group has images in two folds. */
export interface GroupedFold extends Fold {
  /** See `groupsOf`. */
  readonly group: string;
}

/**
 * Like `foldSplit`, with whole groups of images.
 *
 * @throws {InklingError} when the data set defines its validation images or has no such groups, when there are fewer groups than folds, or a
 *   fold would lack a class
 */
export function groupedFoldSplit(dataset: Dataset, { folds, fold, seed, group }: GroupedFold): Split {
  assertNoValidation(dataset, option('group'));
  const groups = groupsOf(dataset, group);
  const names = namesOf(groups);
  if (names.length < folds) {
    throw new InklingError(
      `${dataset.source.location}: ${option('group')}: has ${formatPlural(names.length, 'group')}, expected at least one for each of ${folds} folds; decrease ${option('folds')}, or add images of other groups`,
    );
  }
  const foldOf = foldsOfImages(dataset, groups, { folds, seed });
  const missing = missingClass(dataset, foldOf, folds);
  if (missing !== undefined) throw incompleteFold(dataset, groups, missing, folds);
  return partsOf(foldOf, fold, seed);
}

/**
 * Selects whole groups as validation images: a tenth of the images, as far as their groups permit, and more if a class would lack training
 * or validation images otherwise.
 *
 * @throws {InklingError} when the data set defines its validation images or has no such groups, or every class needs more of them
 */
export function groupedSplit(dataset: Dataset, { seed, group }: Pick<GroupedFold, 'seed' | 'group'>): Split {
  const most = Math.round(1 / originalReport.validationFraction.value);
  const { folds, foldOf } = completeFolds(dataset, { folds: most, seed, group });
  return partsOf(foldOf, typicalFold(foldOf, folds), seed);
}

/**
 * The largest number of folds, up to a limit, into which whole groups can be divided so that no fold lacks a class.
 *
 * @param fold with the limit as `folds`
 * @throws {InklingError} when the data set defines its validation images or has no such groups, or not even two folds have all classes
 */
export function groupedFoldCount(dataset: Dataset, fold: Omit<GroupedFold, 'fold'>): number {
  return completeFolds(dataset, fold).folds;
}

function completeFolds(
  dataset: Dataset,
  { folds: limit, seed, group }: Omit<GroupedFold, 'fold'>,
): { readonly folds: number; readonly foldOf: Uint32Array } {
  assertNoValidation(dataset, option('group'));
  const groups = groupsOf(dataset, group);
  const count = namesOf(groups).length;
  for (let folds = Math.min(limit, count); folds >= 2; folds--) {
    const foldOf = foldsOfImages(dataset, groups, { folds, seed });
    if (missingClass(dataset, foldOf, folds) === undefined) return { folds, foldOf };
  }
  const { source } = dataset;
  throw new InklingError(
    `${source.location}: ${option('group')}: the ${formatPlural(count, 'group')} cannot be divided into training and validation images that both have all classes; add images of other groups, or leave out ${option('group')}`,
  );
}

/** The fold whose number of images is nearest to an equal share: one may consist of a group that is much larger. */
function typicalFold(foldOf: Uint32Array, folds: number): number {
  const distances = Array.from({ length: folds }, (_, index) => {
    const size = foldOf.reduce((sum, fold) => sum + Number(fold === index + 1), 0);
    return Math.abs(size - foldOf.length / folds);
  });
  return 1 + distances.indexOf(Math.min(...distances));
}

/** The distinct groups, sorted. */
function namesOf(groups: readonly string[]): string[] {
  return [...new Set(groups)].sort();
}

/** The fold of each training image, from 1. Groups that are alike are assigned in a random order. */
function foldsOfImages(
  { classes, train: { labels } }: Dataset,
  groups: readonly string[],
  { folds, seed }: Pick<Fold, 'folds' | 'seed'>,
): Uint32Array {
  const names = namesOf(groups);
  const order = Array.from(new Random(seed).permutation(names.length), (place) => names[place]);
  const placeOf = new Map(order.map((name, place) => [name, place]));
  const places = groups.map((name) => placeOf.get(name) ?? 0);
  const counts = order.map(() => classes.map(() => 0));
  places.forEach((place, image) => counts[place][labels[image]]++);
  const assigned = assignGroups(counts, folds);
  return Uint32Array.from(places, (place) => assigned[place] + 1);
}

interface MissingClass {
  readonly fold: number;
  readonly label: number;
}

/** The first fold without images of one of the data set's classes. */
function missingClass(
  { classes, train: { labels } }: Dataset,
  foldOf: Uint32Array,
  folds: number,
): MissingClass | undefined {
  for (let fold = 1; fold <= folds; fold++) {
    const own = labels.filter((_, image) => foldOf[image] === fold);
    const label = countClasses(own, classes.length).indexOf(0);
    if (label !== -1) return { fold, label };
  }
  return undefined;
}

function incompleteFold(
  { source, classes, train: { labels } }: Dataset,
  groups: readonly string[],
  { fold, label }: MissingClass,
  folds: number,
): InklingError {
  const own = namesOf(groups.filter((_, image) => labels[image] === label)).length;
  return new InklingError(
    `${source.location}: ${option('group')}: fold ${fold} of ${folds} would have no images of the class "${classes[label]}", whose images are in ${formatPlural(own, 'group')}; decrease ${option('folds')}, or add images of other groups`,
  );
}

/** In random order, as without groups. */
function partsOf(foldOf: Uint32Array, fold: number, seed: number): Split {
  const order = new Random(seed).permutation(foldOf.length);
  return {
    train: order.filter((image) => foldOf[image] !== fold),
    validation: order.filter((image) => foldOf[image] === fold),
  };
}
