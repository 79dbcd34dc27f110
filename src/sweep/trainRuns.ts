import { basename, join } from 'node:path';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { InklingError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { kindOf } from '../platform/files.js';
import { createNumberedFolder, discardFolder, namesIn } from '../platform/folders.js';
import { checkHooks, SHARED_HOOKS } from '../runs/checkHooks.js';
import type { FinishedRun, RunHooks } from '../runs/conductRun.js';
import { readRun } from '../runs/readRun.js';
import { claimRunFolder, runNameOf } from '../runs/runFolder.js';
import { CONFIG_FILE } from '../runs/runFiles.js';
import { prepareRun } from '../runs/trainRun.js';
import type { Config } from '../train/config.js';
import { noticesBefore } from '../train/noticesBefore.js';
import { threadsOfRun } from './parallelism.js';
import { executeAll } from './queue/executeAll.js';
import { localQueue, type OpenQueue } from './queue/localQueue.js';
import { trialImagesOf } from './queue/trialImages.js';
import type { TrialEnd, TrialQueue } from './queue/trialQueue.js';

/** One of several runs on the same images. */
export interface PlannedRun {
  /** What distinguishes it from the others, such as `seed-3`; letters, digits, and dashes. */
  readonly name: string;
  readonly config: Config;
}

/** Where several runs are trained, and who learns of it. Events are those of runs that are trained in this process. */
export interface RunsHooks extends Omit<RunHooks, 'threads' | 'trainsOnly'> {
  /** How many runs are trained at the same time; if several, each by a process that loads the images itself. Default: 1. */
  readonly parallel?: number | undefined;
  /** What trains the runs instead, such as workers on other machines (`bullQueue`). */
  readonly openQueue?: OpenQueue | undefined;
  /** Called before each run, with its index and its folder. */
  readonly onRunStart?: ((index: number, folder: string) => void) | undefined;
  /** Called after each epoch of a run, with the metric of the validation by which the epoch is selected. */
  readonly onRunEpoch?: ((index: number, epoch: number, value: number) => void) | undefined;
  /** Called after each run, including one that failed or was interrupted. */
  readonly onRunEnd?: ((index: number, run: FinishedRun) => void) | undefined;
}

/** The same of runs that are known by a number, such as their seed or their fold. */
export interface SeriesHooks<Run> extends Omit<RunsHooks, 'onRunStart' | 'onRunEpoch' | 'onRunEnd'> {
  /** Called before each run, with its number and its folder. */
  readonly onRunStart?: ((number: number, folder: string) => void) | undefined;
  /** Called after each epoch of a run, with the metric of the validation by which the epoch is selected. */
  readonly onRunEpoch?: ((number: number, epoch: number, value: number) => void) | undefined;
  /** Called after each run, including one that failed or was interrupted. */
  readonly onRunEnd?: ((run: Run) => void) | undefined;
}

const RUNS: kinds.Kind = {
  what: "an array of runs, such as [{ name: 'seed-3', config }], with at least one",
  accepts: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((run) => kinds.hasField(run, 'name') && kinds.hasField(run, 'config')),
};

/** Those of functions that train several runs. */
export const RUNS_HOOKS: OptionKinds<RunsHooks> = {
  ...SHARED_HOOKS,
  parallel: kinds.count,
  openQueue: kinds.callback,
  onRunStart: kinds.callback,
  onRunEpoch: kinds.callback,
  onRunEnd: kinds.callback,
};

/**
 * Trains several runs on the same images and evaluates each. A run that fails does not stop the others.
 *
 * @param runs at least one, with the same `runDir`; their folders are numbered in this order
 * @returns those that have a record, in their order: all, unless they were interrupted
 * @throws {UsageError} for arguments of another kind
 * @throws {InklingError} when settings are invalid or the queue fails, or after all others have ended, when a run failed without a record
 */
export async function trainRuns(
  runs: readonly PlannedRun[],
  dataset: Dataset,
  hooks: RunsHooks,
): Promise<FinishedRun[]> {
  checkValues('trainRuns', { runs }, { runs: RUNS });
  checkArguments('trainRuns', { dataset });
  checkHooks('trainRuns', hooks, RUNS_HOOKS);
  await checkFirst(runs, dataset, hooks);
  const failures: string[] = [];
  const finished = new Map<number, FinishedRun>();
  await withQueue(runs, dataset, hooks, (queue) =>
    executeAll({
      pending: [...runs.keys()],
      next: () => undefined,
      queue,
      signal: hooks.signal,
      async execute(index, signal) {
        const { end, run } = await executeRun(index, { runs, dataset, hooks, queue, signal });
        if (run !== undefined) {
          finished.set(index, run);
          hooks.onRunEnd?.(index, run);
        } else if (end.state === 'failed') failures.push(`${runs[index].name}: ${end.error}`);
        return end.state !== 'interrupted';
      },
    }),
  );
  if (failures.length > 0) throw new InklingError(failures.join('; '));
  return [...runs.keys()].flatMap((index) => finished.get(index) ?? []);
}

/** Checks the settings before processes are started for them. Where these train, their events are not reported. */
async function checkFirst(
  [{ config }]: readonly PlannedRun[],
  dataset: Dataset,
  { parallel = 1, openQueue, ...hooks }: RunsHooks,
): Promise<void> {
  const { task } = await prepareRun(config, dataset, hooks);
  if (parallel === 1 && openQueue === undefined) return;
  for (const text of noticesBefore(task)) hooks.onEvent?.({ type: 'notice', text });
}

async function withQueue(
  [{ config }]: readonly PlannedRun[],
  dataset: Dataset,
  { parallel = 1, openQueue, ...hooks }: RunsHooks,
  use: (queue: TrialQueue) => Promise<unknown>,
): Promise<void> {
  const folder = config.runDir;
  const execution = { ...hooks, folder, dataset, images: trialImagesOf(config, dataset) };
  const exchange = openQueue && createNumberedFolder(folder, `${runNameOf(config, dataset)}-runs`);
  try {
    const shared = { ...execution, exchange: exchange ?? folder };
    const queue = (await openQueue?.(shared)) ?? localQueue(shared, parallel);
    try {
      await use(queue);
    } finally {
      await queue.close();
    }
  } finally {
    if (exchange !== undefined) discardFolder(exchange);
  }
}

interface Context {
  readonly runs: readonly PlannedRun[];
  readonly dataset: Dataset;
  readonly hooks: RunsHooks;
  readonly queue: TrialQueue;
  /** Interrupts it. */
  readonly signal: AbortSignal;
}

async function executeRun(
  index: number,
  { runs, dataset, hooks, queue, signal }: Context,
): Promise<{ readonly end: TrialEnd; readonly run: FinishedRun | undefined }> {
  const { name, config } = runs[index];
  // Before anything else, so that the numbers of the folders do not depend on which run starts first.
  const claimed = claimRunFolder(config.runDir, runNameOf(config, dataset));
  hooks.onRunStart?.(index, claimed);
  const threads = threadsOfRun(index, runs.length, hooks.parallel);
  let path = claimed;
  try {
    const end = await queue.execute(
      { name, config, run: basename(claimed), trainsOnly: false, goesFirst: true, threads },
      {
        onStart(run) {
          path = join(config.runDir, run);
        },
        onEpoch(epoch, value) {
          hooks.onRunEpoch?.(index, epoch, value);
          return false;
        },
      },
      signal,
    );
    return { end, run: finishedRun(path) };
  } finally {
    // It did not begin.
    if (kindOf(claimed) === 'folder' && namesIn(claimed).length === 0) discardFolder(claimed);
  }
}

function finishedRun(folder: string): FinishedRun | undefined {
  if (kindOf(join(folder, CONFIG_FILE)) !== 'file') return undefined;
  const { summary } = readRun(folder);
  return summary && { folder, summary, isRecorded: true };
}
