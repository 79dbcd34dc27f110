import { UsageError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import type { Dataset } from '../../data/dataset.js';
import { withoutImages } from '../../data/audit/excludedImages.js';
import { groupedFoldSplit, groupedSplit } from '../../data/groups/groupedSplit.js';
import { foldSplit, type Split, splitOf } from '../../data/split.js';
import type { ResolvedModel } from '../../models/resolved.js';
import type { Config } from '../../train/config.js';
import { type TrainingTask, trainingTask } from '../../train/task.js';

/** The settings that choose which training images validate a run. */
type PartChoice = Pick<Config, 'folds' | 'fold' | 'split' | 'group'>;

/** @throws {UsageError} for a fold that is not one of the folds, or another method to draw the validation images */
export function checkFolds({ folds, fold, split, group }: PartChoice): void {
  if (group !== undefined && split === 'random') {
    throw new UsageError(
      `${option('split')}: random cannot be used with ${option('group')}, which keeps the images of a group together; leave one of them out`,
    );
  }
  if (folds === undefined) {
    if (fold === undefined) return;
    throw new UsageError(
      `${option('fold')}: requires ${option('folds')}, the number of folds; set it, or leave out ${option('fold')}`,
    );
  }
  if (fold !== undefined && fold > folds) {
    throw new UsageError(`${option('fold')}: expected one of the ${folds} folds, got ${fold}; decrease it`);
  }
  if (split === 'random') {
    throw new UsageError(
      `${option('split')}: random cannot be used with ${option('folds')}, which are stratified by class; leave one of them out`,
    );
  }
}

/**
 * What a run trains: like `trainingTask`, except that the configuration may state which fold validates, and which images are left out.
 *
 * @throws {UsageError} when the configuration divides the images into folds without stating one
 * @throws {InklingError} when model and data set do not fit together, or the training images cannot be divided like this
 */
export function runTask(
  model: ResolvedModel,
  dataset: Dataset,
  config: Config,
  threads?: number,
): TrainingTask {
  const task = trainingTask(model, dataset, config, threads);
  return { ...task, split: runSplit(dataset, config, task.split) };
}

/** How the training images are divided. */
export type SplitSettings = Pick<Config, 'splitSeed' | 'split' | 'folds' | 'fold' | 'group' | 'exclude'>;

/**
 * The images that train and that validate a run.
 *
 * @param drawn both without folds, if they are known
 * @throws {UsageError} when the settings divide the images into folds without stating one
 * @throws {InklingError} when the images cannot be divided like this
 */
export function runSplit(dataset: Dataset, settings: SplitSettings, drawn?: Split): Split {
  return withoutImages(partsOf(dataset, settings, drawn), settings.exclude, dataset);
}

function partsOf(dataset: Dataset, settings: SplitSettings, drawn: Split | undefined): Split {
  const { splitSeed: seed, split, folds, fold, group } = settings;
  if (folds === undefined) {
    return group === undefined
      ? (drawn ?? splitOf(dataset, seed, split))
      : groupedSplit(dataset, { seed, group });
  }
  const choice = { folds, fold: statedFold(folds, fold), seed };
  return group === undefined ? foldSplit(dataset, choice) : groupedFoldSplit(dataset, { ...choice, group });
}

function statedFold(folds: number, fold: number | undefined): number {
  if (fold !== undefined) return fold;
  throw new UsageError(
    `${option('fold')}: expected the one of the ${folds} folds on which the run is validated, got none; set it, or use trainFolds to train a run for each`,
  );
}
