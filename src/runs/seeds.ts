import { DivergedError } from '../core/errors.js';
import * as originalReport from '../core/originalReport.js';
import type { Dataset } from '../data/dataset.js';
import type { Config } from '../train/config.js';
import { chanceToReach, describeSample, type SampleStatistics } from './compare/statistics.js';
import type { RunEvent } from './events.js';
import type { FinishedRun, RunHooks } from './conductRun.js';
import { trainRun } from './trainRun.js';

export interface SeedsHooks extends RunHooks {
  /** Called before each run. */
  readonly onRunStart?: ((seed: number) => void) | undefined;
  /** Called after each run, including one that diverged or was interrupted. */
  readonly onRunEnd?: ((run: FinishedRun) => void) | undefined;
}

/**
 * Trains one run per seed, one after the other. A run that diverges does not stop the others; one that is interrupted does.
 *
 * @param seeds at least one
 * @throws {InklingError} when a run fails for another reason, or the only one diverges
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
    const run = await trainSeed({ ...config, seed }, dataset, hooks, seeds.length > 1);
    runs.push(run);
    hooks.onRunEnd?.(run);
    if (run.summary.stopReason === 'interrupted') break;
  }
  return runs;
}

/** @param canDiverge whether the record of a run that diverged is returned instead of throwing its error */
async function trainSeed(
  config: Config,
  dataset: Dataset,
  hooks: RunHooks,
  canDiverge: boolean,
): Promise<FinishedRun> {
  let folder = '';
  let ended: FinishedRun | undefined;
  const onEvent = (event: RunEvent) => {
    if (event.type === 'started') folder = event.folder;
    if (event.type === 'finished') ended = { folder, summary: event.summary, isRecorded: true };
    hooks.onEvent?.(event);
  };
  try {
    return await trainRun(config, dataset, { ...hooks, onEvent });
  } catch (error) {
    if (!canDiverge || !(error instanceof DivergedError) || ended === undefined) throw error;
    return ended;
  }
}

/** The test accuracies of runs that differ in their seed only. */
export interface SeedsSummary {
  readonly runs: readonly (FinishedRun['summary'] & { readonly folder: string })[];
  /** One per run that did not diverge, as fractions. */
  readonly accuracies: readonly number[];
  /** The seeds of the runs that diverged. */
  readonly diverged: readonly number[];
  /** Undefined for fewer than two accuracies. */
  readonly statistics: SampleStatistics | undefined;
  /** Present for the original report's model and data set, with the statistics. */
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
 * @param runs at least one
 */
export function summarizeSeeds(runs: readonly FinishedRun[]): SeedsSummary {
  const accuracies = runs.flatMap(({ summary: { test } }) => (test === undefined ? [] : [test.accuracy]));
  const statistics = accuracies.length < 2 ? undefined : describeSample(accuracies);
  const [{ summary }] = runs;
  const { model, dataset, testAccuracy } = originalReport;
  const isReport = summary.model.name === model.value && summary.dataset.name === dataset.value;
  const accuracy = testAccuracy.value;
  return {
    runs: runs.map(({ folder, summary }) => ({ folder, ...summary })),
    accuracies,
    diverged: runs.flatMap(({ summary: { stopReason, seed } }) => (stopReason === 'diverged' ? [seed] : [])),
    statistics,
    report:
      isReport && statistics !== undefined
        ? {
            accuracy,
            reached: accuracies.filter((reached) => reached >= accuracy).length,
            chance: chanceToReach(accuracy, statistics),
          }
        : undefined,
  };
}
