import { ORIGINAL_REPORT } from '../core/originalReport.js';
import type { Dataset } from '../data/dataset.js';
import type { Config } from '../train/config.js';
import { chanceToReach, describeSample, type SampleStatistics } from './compare/statistics.js';
import { type FinishedRun, type RunHooks, trainRun } from './trainRun.js';

export interface SeedsHooks extends RunHooks {
  /** Called before each run. */
  readonly onRunStart?: ((seed: number) => void) | undefined;
  /** Called after each run, including one that was interrupted. */
  readonly onRunEnd?: ((run: FinishedRun) => void) | undefined;
}

/**
 * Trains one run per seed, one after the other. Stops after a run that was interrupted.
 *
 * @param seeds at least one
 * @throws {InklingError} when a run fails
 */
export async function trainSeeds(
  config: Config,
  seeds: readonly number[],
  dataset: Dataset,
  hooks: SeedsHooks,
): Promise<FinishedRun[]> {
  const runs: FinishedRun[] = [];
  for (const seed of seeds) {
    hooks.onRunStart?.(seed);
    const run = await trainRun({ ...config, seed }, dataset, hooks);
    runs.push(run);
    hooks.onRunEnd?.(run);
    if (run.summary.stopReason === 'interrupted') break;
  }
  return runs;
}

/** The test accuracies of runs that differ in their seed only. */
export interface SeedsSummary {
  readonly runs: readonly (FinishedRun['summary'] & { readonly folder: string })[];
  /** One per run, as fractions. */
  readonly accuracies: readonly number[];
  readonly statistics: SampleStatistics;
  /** Present for the original report's model and data set. */
  readonly report:
    | {
        /** The test accuracy that the report states. */
        readonly accuracy: number;
        /** The number of runs that reach it. */
        readonly reached: number;
        /** The probability that one more run reaches it. */
        readonly chance: number;
      }
    | undefined;
}

/**
 * Summarizes runs that differ in their seed only.
 *
 * @param runs at least two
 * @throws {InklingError} for fewer
 */
export function summarizeSeeds(runs: readonly FinishedRun[]): SeedsSummary {
  const accuracies = runs.map(({ summary: { test } }) => test?.accuracy ?? NaN);
  const statistics = describeSample(accuracies);
  const [{ summary }] = runs;
  const { model, dataset, testAccuracy } = ORIGINAL_REPORT;
  const isReport = summary.model.name === model.value && summary.dataset.name === dataset.value;
  const accuracy = testAccuracy.value;
  return {
    runs: runs.map(({ folder, summary }) => ({ folder, ...summary })),
    accuracies,
    statistics,
    report: isReport
      ? {
          accuracy,
          reached: accuracies.filter((reached) => reached >= accuracy).length,
          chance: chanceToReach(accuracy, statistics),
        }
      : undefined,
  };
}
