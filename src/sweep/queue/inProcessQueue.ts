import { basename, join } from 'node:path';
import { MachineError, messageOf } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { kindOf } from '../../platform/files.js';
import type { RunHooks } from '../../runs/conductRun.js';
import { isFinished, readRun } from '../../runs/readRun.js';
import { readResumePoint, type ResumePoint } from '../../runs/resume.js';
import { CONFIG_FILE, RESUME_FILE } from '../../runs/runFiles.js';
import { resumeRun, trainRun, trainRunIn } from '../../runs/trainRun.js';
import type { Config } from '../../train/config.js';
import type { EpochRecord } from '../../train/epochRecord.js';
import type { TrialImages } from './trialImages.js';
import type { TrialEnd, TrialJob, TrialQueue, TrialReports } from './trialQueue.js';

/** Where and on what trials are trained. Events are reported of those that are trained in this process. */
export interface Execution extends Pick<RunHooks, 'command' | 'note' | 'onDownload' | 'onEvent'> {
  /** The folder that contains the trials' run folders. */
  readonly folder: string;
  readonly dataset: Dataset;
}

/** What queues need that have other processes train. */
export interface SharedExecution extends Execution {
  readonly images: TrialImages;
  /** The folder of the sweep, or of its own for several seeds, through which workers exchange files that see it. */
  readonly exchange: string;
}

/** Trains one trial after the other in this process. */
export function inProcessQueue(execution: Execution): TrialQueue {
  return {
    capacity: 1,
    capacityChanged: () => new Promise(() => undefined),
    execute: (job, reports, signal) => executeJob(job, reports, signal, execution),
    close: () => Promise.resolve(),
  };
}

/**
 * Trains a job in this process.
 *
 * @throws {MachineError} when the machine, and not the training, has failed, such as for lack of space on the disk
 */
export async function executeJob(
  job: TrialJob,
  reports: TrialReports,
  signal: AbortSignal,
  execution: Execution,
): Promise<TrialEnd> {
  try {
    return await execute(job, reports, signal, execution);
  } catch (error) {
    if (signal.aborted) return { state: 'interrupted' };
    if (error instanceof MachineError) throw error;
    return { state: 'failed', error: messageOf(error) };
  }
}

/** A run of which some epochs were completed before it was interrupted. */
interface EarlierRun {
  readonly epochs: readonly Metrics[];
  /** Undefined if it was trained to its end. */
  readonly point: ResumePoint | undefined;
}

/** @returns undefined if no epoch was completed, so that the job starts again */
function readEarlier(folder: string, { threads }: Config): EarlierRun | undefined {
  // It was on another machine, or has not begun.
  if (kindOf(join(folder, CONFIG_FILE)) !== 'file') return undefined;
  const { summary } = readRun(folder);
  if (summary !== undefined && isFinished(summary.stopReason)) {
    return { epochs: summary.epochs, point: undefined };
  }
  if (kindOf(join(folder, RESUME_FILE)) !== 'file') return undefined;
  const point = readResumePoint(folder, { threads });
  return { epochs: point.state.epochs, point };
}

async function execute(
  { run, trainsOnly, threads, until = Infinity, ...job }: TrialJob,
  { onStart, onEpoch }: TrialReports,
  signal: AbortSignal,
  { folder, dataset, command, note, onDownload, onEvent: forward }: Execution,
): Promise<TrialEnd> {
  const config = { ...job.config, runDir: folder };
  const path = run === undefined ? undefined : join(folder, run);
  const earlier = path === undefined ? undefined : readEarlier(path, config);
  const pruning = new AbortController();
  const observe = (record: Metrics) => {
    const isLast = record.epoch === config.epochs;
    const isToEnd = onEpoch(record.epoch, metricOf(record, config), isLast);
    if (isToEnd || (record.epoch >= until && !isLast)) pruning.abort();
  };
  for (const record of earlier?.epochs ?? []) {
    observe(record);
    if (pruning.signal.aborted) return { state: 'pruned' };
  }
  if (earlier !== undefined && earlier.point === undefined) return { state: 'complete' };
  const hooks: RunHooks = {
    command,
    note,
    onDownload,
    threads,
    trainsOnly,
    signal: AbortSignal.any([pruning.signal, signal]),
    onEvent(event) {
      if (event.type === 'started') onStart(basename(event.folder));
      forward?.(event);
      if (event.type === 'epoch') observe(event.record);
    },
  };
  const { summary } = await (earlier?.point !== undefined
    ? resumeRun(earlier.point, dataset, hooks)
    : path !== undefined && hasNotBegun(path)
      ? trainRunIn(path, config, dataset, hooks)
      : trainRun(config, dataset, hooks));
  if (pruning.signal.aborted) return { state: 'pruned' };
  return { state: isFinished(summary.stopReason) ? 'complete' : 'interrupted' };
}

function hasNotBegun(folder: string): boolean {
  return kindOf(folder) === 'folder' && kindOf(join(folder, CONFIG_FILE)) === 'none';
}

type Metrics = Pick<EpochRecord, 'epoch' | 'validationAccuracy' | 'validationLoss'>;

/** The metric by which trials are ranked. */
function metricOf({ validationAccuracy, validationLoss }: Metrics, { monitor }: Config): number {
  return monitor === 'accuracy' ? validationAccuracy : validationLoss;
}
