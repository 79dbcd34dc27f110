import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { formatPlural } from '../../../core/format.js';
import { validate } from '../../../core/validate.js';
import { makeFolder } from '../../../platform/folders.js';
import { claimTemporary } from '../../../platform/temporaries.js';
import { executeJob } from '../inProcessQueue.js';
import type { TrialJob, TrialReports } from '../trialQueue.js';
import type { LoadedJob } from './jobLoader.js';
import { type JobProgress, type JobResult, reportedSchema } from './messages.js';
import { RunReporter } from './runReporter.js';
import { unpackRun } from './snapshot.js';
import { watchStop } from './stopWatch.js';
import { loadNewest } from './stores.js';
import type { WorkerOptions } from './workerOptions.js';

/** So many workers in a row lost in the same epoch were probably ended by the trial itself, for example by its memory. */
const MAX_LOST = 5;
/** The name of the run folder on this machine. */
const RUN = 'run';

/** A trial on the machine that trains it. */
interface RemoteTrial extends LoadedJob {
  readonly job: Job;
  /** Proves to BullMQ that this worker has the job. */
  readonly token: string;
  readonly lockMs: number;
  readonly redis: Redis;
  /** Interrupts the training, because this worker is to end or has lost the job. */
  readonly signal: AbortSignal;
}

/**
 * Trains a job of BullMQ in a temporary folder, from what an earlier worker has stored of it, and stores its files after each epoch.
 *
 * @throws {MachineError} when this machine, and not the training, has failed
 * @throws {Error} when BullMQ has given the job to another worker, or cannot be reached
 */
export async function trainRemotely(trial: RemoteTrial, options: WorkerOptions): Promise<JobResult> {
  const { name, sweep } = trial.data;
  const { notify, onTrial } = options;
  const label = `${name} of ${sweep.name}`;
  const earlier = reportedOf(trial.job);
  const done = earlier?.epochs.length ?? 0;
  notify(`${label}: ${done === 0 ? 'training' : `continuing after ${formatPlural(done, 'epoch')}`}`);
  const parent = join(tmpdir(), 'inkling-worker');
  makeFolder(parent);
  const scratch = claimTemporary(parent);
  makeFolder(scratch.path);
  try {
    const lost = lostResult(trial, earlier);
    const { result, isPaused } =
      lost === undefined ? await trainIn(scratch.path, trial, options) : { result: lost, isPaused: false };
    const state = isPaused ? 'paused' : result.state;
    notify(`${label}: ${state}${result.state === 'failed' ? `: ${result.error}` : ''}`);
    onTrial?.({ sweep: sweep.name, trial: name, state: result.state });
    return result;
  } finally {
    scratch.release();
  }
}

/** What earlier workers have reported of a job. */
function reportedOf({ id = '', progress }: Job): JobProgress | undefined {
  const reported = validate(reportedSchema, progress, `queue: progress of job ${id}`);
  return reported === 0 ? undefined : reported;
}

/** The failure of a job that seems to end its workers. */
function lostResult({ job, data }: RemoteTrial, earlier: JobProgress | undefined): JobResult | undefined {
  const lost = job.stalledCounter - (earlier?.lost ?? 0);
  if (lost < MAX_LOST) return undefined;
  return {
    state: 'failed',
    error: `${lost} workers in a row ended while they trained ${data.name}, without completing an epoch; it may need more memory than they have`,
  };
}

/** How a job has ended. */
interface Outcome {
  readonly result: JobResult;
  /** Whether it was trained as far as it was to be for now. */
  readonly isPaused: boolean;
}

async function trainIn(scratch: string, trial: RemoteTrial, options: WorkerOptions): Promise<Outcome> {
  const { data, stores, dataset, redis } = trial;
  const { name, command, note, config } = data;
  const folder = join(scratch, RUN);
  const stored = await loadNewest(stores, name);
  if (stored === undefined) makeFolder(folder);
  else unpackRun(stored, folder);
  const reporter = new RunReporter({
    ...trial,
    name,
    store: stores[0],
    folder,
    storedEpochs: stored?.epochs ?? 0,
    onEpoch(epoch, value) {
      const progress = `epoch ${epoch} of ${config.epochs}, ${config.monitor} ${value.toFixed(4)}`;
      options.notify(`${name} of ${data.sweep.name}: ${progress}`);
    },
  });
  const stopping = watchStop(redis, data);
  const reports: TrialReports = {
    onStart() {
      reporter.start();
    },
    onEpoch(epoch, value) {
      reporter.addEpoch(epoch, value);
      void stopping.look();
      return stopping.reason === 'prune';
    },
  };
  const signal = AbortSignal.any([trial.signal, stopping.signal, reporter.signal]);
  const execution = { folder: scratch, dataset, command, note, onDownload: options.onProgress };
  const end = await executeJob(jobOf(trial, options), reports, signal, execution).finally(stopping.close);
  const store = await reporter.end(end);
  const isStopped = stopping.reason === 'prune';
  if (end.state === 'interrupted' && isStopped)
    return { result: { state: 'pruned', store }, isPaused: false };
  return { result: { ...end, store }, isPaused: end.state === 'pruned' && !isStopped };
}

/** A job with what this machine decides itself. */
function jobOf({ data }: RemoteTrial, { threads, dataDir }: WorkerOptions): TrialJob {
  const { name, config, trainsOnly, until } = data;
  const own = { ...(threads !== undefined && { threads }), ...(dataDir !== undefined && { dataDir }) };
  return { name, config: { ...config, ...own }, run: RUN, trainsOnly, until, goesFirst: true };
}
