import { basename, join } from 'node:path';
import { messageOf } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { kindOf } from '../../platform/files.js';
import type { RunHooks } from '../../runs/conductRun.js';
import { isFinished, readRun } from '../../runs/readRun.js';
import { readResumePoint, type ResumePoint } from '../../runs/resume.js';
import { RESUME_FILE } from '../../runs/runFiles.js';
import { resumeRun, trainRun } from '../../runs/trainRun.js';
import type { Config } from '../../train/config.js';
import type { EpochRecord } from '../../train/epochRecord.js';
import type { TrialEnd, TrialJob, TrialQueue, TrialReports } from './trialQueue.js';

/** Where and on what trials are trained. */
export interface Execution extends Pick<RunHooks, 'command' | 'onDownload'> {
  /** The sweep's folder, which contains the trials' run folders. */
  readonly folder: string;
  readonly dataset: Dataset;
}

/** Trains one trial after the other in this process, each as a run in the sweep's folder that is not scored on the test images. */
export function inProcessQueue(execution: Execution): TrialQueue {
  return {
    capacity: 1,
    capacityChanged: () => new Promise(() => undefined),
    execute: (job, reports, signal) => executeJob(job, reports, signal, execution),
    close: () => Promise.resolve(),
  };
}

/** Trains a job in this process, as a run that is not scored on the test images. */
export async function executeJob(
  { name, config, run }: TrialJob,
  reports: TrialReports,
  signal: AbortSignal,
  execution: Execution,
): Promise<TrialEnd> {
  const { folder } = execution;
  try {
    const earlier = run === undefined ? undefined : readEarlier(join(folder, run), config);
    return await execute({ ...config, runDir: folder, name }, earlier, reports, signal, execution);
  } catch (error) {
    if (signal.aborted) return { state: 'interrupted' };
    return { state: 'failed', error: messageOf(error) };
  }
}

/** A run of which some epochs were completed before the sweep was interrupted. */
interface EarlierRun {
  readonly epochs: readonly Metrics[];
  /** Undefined if it was trained to its end. */
  readonly point: ResumePoint | undefined;
}

/** @returns undefined if no epoch was completed, so that the trial starts again with another run */
function readEarlier(folder: string, { threads }: Config): EarlierRun | undefined {
  // It was on another machine.
  if (kindOf(folder) !== 'folder') return undefined;
  const { summary } = readRun(folder);
  if (summary !== undefined && isFinished(summary.stopReason)) {
    return { epochs: summary.epochs, point: undefined };
  }
  if (kindOf(join(folder, RESUME_FILE)) !== 'file') return undefined;
  const point = readResumePoint(folder, { threads });
  return { epochs: point.state.epochs, point };
}

async function execute(
  config: Config,
  earlier: EarlierRun | undefined,
  { onStart, onEpoch }: TrialReports,
  signal: AbortSignal,
  { dataset, command, onDownload }: Execution,
): Promise<TrialEnd> {
  const pruning = new AbortController();
  const observe = (record: Metrics) => {
    const isLast = record.epoch === config.epochs;
    if (onEpoch(record.epoch, metricOf(record, config), isLast)) pruning.abort();
  };
  for (const record of earlier?.epochs ?? []) {
    observe(record);
    if (pruning.signal.aborted) return { state: 'pruned' };
  }
  if (earlier !== undefined && earlier.point === undefined) return { state: 'complete' };
  const hooks: RunHooks = {
    command,
    onDownload,
    trainsOnly: true,
    signal: AbortSignal.any([pruning.signal, signal]),
    onEvent(event) {
      if (event.type === 'started') onStart(basename(event.folder));
      if (event.type === 'epoch') observe(event.record);
    },
  };
  const { summary } = await (earlier?.point === undefined
    ? trainRun(config, dataset, hooks)
    : resumeRun(earlier.point, dataset, hooks));
  if (pruning.signal.aborted) return { state: 'pruned' };
  return { state: isFinished(summary.stopReason) ? 'complete' : 'interrupted' };
}

type Metrics = Pick<EpochRecord, 'epoch' | 'validationAccuracy' | 'validationLoss'>;

/** The metric by which trials are ranked. */
function metricOf({ validationAccuracy, validationLoss }: Metrics, { monitor }: Config): number {
  return monitor === 'accuracy' ? validationAccuracy : validationLoss;
}
