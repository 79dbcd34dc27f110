import { UsageError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import { withoutImages } from '../../data/audit/excludedImages.js';
import type { Dataset } from '../../data/dataset.js';
import { groupedFoldSplit, groupedSplit } from '../../data/groups/groupedSplit.js';
import { foldSplit, type Split, splitOf } from '../../data/split.js';
import type { Config } from '../../train/config.js';
import { limitTraining, limitTrainingPerClass } from './limitTraining.js';

/** The settings that choose which training images validate a run. */
export type PartChoice = Pick<Config, 'folds' | 'fold' | 'split' | 'group'>;

/** All settings that choose the images of a run. */
export type PartSettings = PartChoice &
  Pick<Config, 'splitSeed' | 'seed' | 'exclude' | 'trainLimit' | 'trainLimitPerClass'>;

/**
 * The training and validation images of a run, without those that it leaves out.
 *
 * @param drawn both, as they are without folds and groups, if they are known
 * @throws {UsageError} when the settings divide the images into folds without stating one
 * @throws {InklingError} when the training images cannot be divided like this
 */
export function partsOf(dataset: Dataset, config: PartSettings, drawn?: Split): Split {
  const { exclude, trainLimit, trainLimitPerClass, seed } = config;
  const { labels } = dataset.train;
  const parts = withoutImages(dividedParts(dataset, config, drawn), exclude, dataset);
  if (trainLimit !== undefined) {
    return { ...parts, train: limitTraining(parts.train, labels, { limit: trainLimit, seed }) };
  }
  if (trainLimitPerClass !== undefined) {
    const limit = { limit: trainLimitPerClass, seed };
    return { ...parts, train: limitTrainingPerClass(parts.train, labels, limit) };
  }
  return parts;
}

function dividedParts(
  dataset: Dataset,
  config: PartChoice & Pick<Config, 'splitSeed'>,
  drawn: Split | undefined,
): Split {
  const { folds, fold, split, group, splitSeed: seed } = config;
  if (folds === undefined) {
    return group === undefined
      ? (drawn ?? splitOf(dataset, seed, split))
      : groupedSplit(dataset, { seed, group });
  }
  if (fold === undefined) {
    throw new UsageError(
      `${option('fold')}: expected the one of the ${folds} folds on which the run is validated, got none; set it, or use trainFolds to train a run for each`,
    );
  }
  return group === undefined
    ? foldSplit(dataset, { folds, fold, seed })
    : groupedFoldSplit(dataset, { folds, fold, seed, group });
}
