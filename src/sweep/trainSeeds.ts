import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { UsageError } from '../core/errors.js';
import { option } from '../core/optionName.js';
import type { Dataset } from '../data/dataset.js';
import { checkHooks } from '../runs/checkHooks.js';
import type { FinishedRun } from '../runs/conductRun.js';
import { trainRun } from '../runs/trainRun.js';
import type { Config } from '../train/config.js';
import { RUNS_HOOKS, type SeriesHooks, trainRuns } from './trainRuns.js';

const SEEDS: kinds.Kind = {
  what: 'an array of seeds, whole numbers of at least 0, with at least one',
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(kinds.index.accepts),
};

/**
 * Trains one run per seed. A run that fails does not stop the others.
 *
 * @param seeds at least one, by which the hooks are told of the runs
 * @returns the runs in the order of their seeds: all, unless they were interrupted
 * @throws {UsageError} for arguments of another kind, or several seeds of a fold
 * @throws {InklingError} when settings are invalid, images cannot be loaded by other processes, the only run fails, or, after all others
 *   have ended, when a run failed without a record
 */
export async function trainSeeds(
  config: Config,
  seeds: readonly number[],
  dataset: Dataset,
  seriesHooks: SeriesHooks<FinishedRun>,
): Promise<FinishedRun[]> {
  checkValues('trainSeeds', { config, seeds }, { config: records.config, seeds: SEEDS });
  checkArguments('trainSeeds', { dataset });
  checkHooks('trainSeeds', seriesHooks, RUNS_HOOKS);
  if (config.folds !== undefined && seeds.length > 1) {
    throw new UsageError(
      `${option('seeds')}: cannot be used with ${option('folds')}, whose runs are not scored on the test images; leave one of them out`,
    );
  }
  const { onRunStart, onRunEpoch, onRunEnd, parallel, openQueue, ...hooks } = seriesHooks;
  const runs = seeds.map((seed) => ({ name: `seed-${seed}`, config: { ...config, seed } }));
  if (runs.length > 1 || openQueue !== undefined) {
    return trainRuns(runs, dataset, {
      ...hooks,
      parallel,
      openQueue,
      onRunStart: (index, folder) => onRunStart?.(seeds[index], folder),
      onRunEpoch: (index, epoch, value) => onRunEpoch?.(seeds[index], epoch, value),
      onRunEnd: (_, run) => onRunEnd?.(run),
    });
  }
  const run = await trainRun(runs[0].config, dataset, hooks);
  onRunEnd?.(run);
  return [run];
}
