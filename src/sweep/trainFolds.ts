import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as records from '../core/arguments/records.js';
import { UsageError } from '../core/errors.js';
import { option } from '../core/optionName.js';
import type { Dataset } from '../data/dataset.js';
import { checkHooks } from '../runs/checkHooks.js';
import type { FinishedRun } from '../runs/conductRun.js';
import type { Config } from '../train/config.js';
import { RUNS_HOOKS, type SeriesHooks, trainRuns } from './trainRuns.js';

/** The run that is validated on a fold, and trained on the others. */
export interface FoldRun extends FinishedRun {
  /** From 1. */
  readonly fold: number;
}

/**
 * Trains a run for each of the configuration's folds, which is validated on its images and trained on those of the others. The test images are not
 * scored. A run that fails does not stop the others.
 *
 * @param config with `folds`, the number of folds, and without `fold`
 * @param seriesHooks are told of the runs by their folds, from 1
 * @returns the runs in the order of their folds: all, unless they were interrupted
 * @throws {UsageError} for arguments of another kind, or settings of folds that contradict each other
 * @throws {InklingError} when settings are invalid, the images cannot be divided into folds or loaded by other processes, or, after all
 *   others have ended, when a run failed without a record
 */
export async function trainFolds(
  config: Config,
  dataset: Dataset,
  seriesHooks: SeriesHooks<FoldRun>,
): Promise<FoldRun[]> {
  checkValues('trainFolds', { config }, { config: records.config });
  checkArguments('trainFolds', { dataset });
  checkHooks('trainFolds', seriesHooks, RUNS_HOOKS);
  const { onRunStart, onRunEpoch, onRunEnd, ...hooks } = seriesHooks;
  const ended: FoldRun[] = [];
  const runs = foldsOf(config).map((fold) => ({ name: `fold-${fold}`, config: { ...config, fold } }));
  await trainRuns(runs, dataset, {
    ...hooks,
    onRunStart: (index, folder) => onRunStart?.(index + 1, folder),
    onRunEpoch: (index, epoch, value) => onRunEpoch?.(index + 1, epoch, value),
    onRunEnd(index, finished) {
      const run = { fold: index + 1, ...finished };
      ended.push(run);
      onRunEnd?.(run);
    },
  });
  return ended.sort((a, b) => a.fold - b.fold);
}

/** The numbers of the folds, from 1. */
function foldsOf({ folds, fold }: Config): number[] {
  if (folds === undefined) {
    throw new UsageError(
      `trainFolds: config: expected a number of folds, got none; set ${option('folds')}, such as parseConfig({ folds: 5 })`,
    );
  }
  if (fold !== undefined) {
    throw new UsageError(
      `trainFolds: config: expected to train all folds, got fold ${fold}; leave out ${option('fold')}, or use trainRun`,
    );
  }
  return Array.from({ length: folds }, (_, index) => index + 1);
}
