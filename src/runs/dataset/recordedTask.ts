import type { Dataset } from '../../data/dataset.js';
import { inputKindOfModel, type ModelDefinition } from '../../interop/checkpoint.js';
import { resolveModel } from '../../models/resolve.js';
import type { Config } from '../../train/config.js';
import type { TrainingTask } from '../../train/task.js';
import { runTask } from './runTask.js';

/**
 * What a run trains, from its records.
 *
 * @param definition of the run's model
 * @param config of the run; runs without a record of the method were split at random
 * @param dataset with the classes of the model
 * @param threads unless the configuration states their number
 * @throws {InklingError} when model and data set do not fit together
 */
export function recordedTask(
  definition: ModelDefinition,
  config: Config,
  dataset: Dataset,
  threads?: number,
): TrainingTask {
  const recorded = { ...config, input: inputKindOfModel(definition), split: config.split ?? 'random' };
  return runTask(resolveModel(definition.model), dataset, recorded, threads);
}
