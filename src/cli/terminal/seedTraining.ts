import type { Dataset } from '../../data/dataset.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import type { SeriesHooks } from '../../sweep/trainRuns.js';
import { trainSeeds } from '../../sweep/trainSeeds.js';
import type { Config } from '../../train/config.js';
import type { SeedsOptions } from '../arguments/seeds.js';
import { printSeeds, SEEDS } from './seeds.js';
import { trainSeries } from './seriesTraining.js';
import type { TrainingContext } from './training.js';

/**
 * Trains one run per seed, and prints the progress and results of each, and the statistics of several.
 *
 * @throws {InklingError} that says what to do if several runs were interrupted
 */
export async function trainAndPrint(
  config: Config,
  options: SeedsOptions,
  dataset: Dataset,
  context: TrainingContext,
): Promise<FinishedRun[]> {
  const { seeds } = options;
  const series = {
    ...SEEDS,
    numbers: seeds,
    train: (hooks: SeriesHooks<FinishedRun>) => trainSeeds(config, seeds, dataset, hooks),
  };
  const runs = await trainSeries(series, config, options, dataset, context);
  if (seeds.length > 1) {
    context.output.line();
    printSeeds(runs, context.output);
  }
  return runs;
}
