import { UsageError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import type { Dataset } from '../../data/dataset.js';
import type { ResolvedModel } from '../../models/resolved.js';
import type { Config } from '../../train/config.js';
import { type TrainingTask, trainingTask } from '../../train/task.js';
import { type PartChoice, partsOf } from './runParts.js';

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
  return { ...task, split: partsOf(dataset, config, task.split) };
}
