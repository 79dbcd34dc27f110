import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { join } from 'node:path';
import type { RunHooks } from '../../../runs/conductRun.js';
import type { Dataset } from '../../../data/dataset.js';
import { kindOf } from '../../../platform/files.js';
import { executeJob } from '../inProcessQueue.js';
import type { TrialEnd } from '../trialQueue.js';
import { type JobData, type JobProgress, type JobResult, KEYS, type Stop, stopSchema } from './messages.js';
import { isWorthKeeping, packRun, unpackRun } from './snapshot.js';
import { loadNewest, type RunStore } from './stores.js';

/** How often a worker looks whether its trial is to be ended, besides after each epoch. */
const STOP_POLL_MS = 1000;
/** So many workers in a row lost in the same epoch were probably ended by the trial itself, for example by its memory. */
const MAX_LOST = 5;

/** A trial on the machine that trains it. */
export interface RemoteTrial extends Pick<RunHooks, 'onDownload'> {
  readonly job: Job;
  /** Proves to BullMQ that this worker has the job. */
  readonly token: string;
  readonly lockMs: number;
  readonly data: JobData;
  readonly dataset: Dataset;
  readonly redis: Redis;
  /** What was stored is looked for in all, and everything is written to the first. */
  readonly stores: readonly RunStore[];
  /** Empty; for the files of the run while it is trained. */
  readonly scratch: string;
  /** What the worker has been told to report. */
  readonly earlier: JobProgress | undefined;
  /** Interrupts the training, because this worker is to end or has lost the job. */
  readonly signal: AbortSignal;
  readonly onEpoch: (epoch: number, value: number) => void;
}

/**
 * Trains a job of BullMQ, from what an earlier worker has stored of it, and stores its files after each epoch.
 *
 * @throws {MachineError} when this machine, and not the training, has failed
 * @throws {Error} when BullMQ has given the job to another worker, or cannot be reached
 */
export async function trainRemotely(trial: RemoteTrial): Promise<JobResult> {
  const { job, data, stores, scratch, earlier } = trial;
  const { name } = data;
  const lost = job.stalledCounter - (earlier?.lost ?? 0);
  if (lost >= MAX_LOST) {
    return {
      state: 'failed',
      error: `${lost} workers in a row ended while they trained ${name}, without completing an epoch; it may need more memory than they have`,
    };
  }
  const run = `${name}-1`;
  const stored = await loadNewest(stores, name);
  if (stored !== undefined) unpackRun(stored, join(scratch, run));
  const reporter = new Reporter(trial, join(scratch, run), stored?.epochs ?? 0);
  const stopping = watchStop(trial);
  let end: TrialEnd;
  try {
    end = await executeJob(
      { name, config: data.config, run: stored && run },
      {
        onStart: () => {
          reporter.start();
        },
        onEpoch(epoch, value) {
          reporter.addEpoch(epoch, value);
          void stopping.look();
          return stopping.reason === 'prune';
        },
      },
      AbortSignal.any([trial.signal, stopping.signal, reporter.signal]),
      { folder: scratch, dataset: trial.dataset, command: data.command, onDownload: trial.onDownload },
    );
  } finally {
    stopping.close();
  }
  const store = await reporter.end(end);
  if (end.state === 'interrupted' && stopping.reason === 'prune') return { state: 'pruned', store };
  return { ...end, store };
}

/** Asks Redis from time to time whether a trial is to be ended. */
function watchStop({ redis, data: { sweep, name } }: RemoteTrial) {
  const controller = new AbortController();
  let reason: Stop | undefined;
  const look = async (): Promise<void> => {
    try {
      const stated = stopSchema.safeParse(await redis.get(KEYS.stop(sweep.id, name)));
      if (!stated.success || controller.signal.aborted) return;
      reason = stated.data;
      controller.abort();
    } catch {
      // The connection reports its errors itself.
    }
  };
  const timer = setInterval(() => void look(), STOP_POLL_MS);
  void look();
  return {
    look,
    signal: controller.signal,
    get reason() {
      return reason;
    },
    close: () => {
      clearInterval(timer);
    },
  };
}

/** Stores the files of a run and reports its epochs, while it is trained further. */
class Reporter {
  readonly #trial: RemoteTrial;
  readonly #folder: string;
  readonly #storedEpochs: number;
  readonly #epochs: [number, number][] = [];
  readonly #failing = new AbortController();
  #hasStarted = false;
  #files: Uint8Array | undefined;
  #isReported = true;
  #sending: Promise<void> | undefined;
  #error: Error | undefined;

  /** @param storedEpochs how many epochs are stored already */
  constructor(trial: RemoteTrial, folder: string, storedEpochs: number) {
    this.#trial = trial;
    this.#folder = folder;
    this.#storedEpochs = storedEpochs;
  }

  /** Aborts when nothing can be stored or reported. */
  get signal(): AbortSignal {
    return this.#failing.signal;
  }

  start(): void {
    this.#hasStarted = true;
    this.#send();
  }

  addEpoch(epoch: number, value: number): void {
    this.#epochs.push([epoch, value]);
    if (epoch <= this.#storedEpochs) return;
    this.#trial.onEpoch(epoch, value);
    // Read now, since training goes on. If the last epoch is still being stored, only the newest one is stored after it.
    this.#files = packRun(this.#folder, epoch);
    this.#send();
  }

  /**
   * Stores the files of a run that has ended.
   *
   * @returns where they are; undefined if there are none that are worth keeping
   * @throws what storing has thrown
   */
  async end({ state }: TrialEnd): Promise<RunStore['kind'] | undefined> {
    const isKept = isWorthKeeping(this.#folder) || (state === 'failed' && kindOf(this.#folder) === 'folder');
    if (isKept && this.#error === undefined) this.#files = packRun(this.#folder, this.#epochs.length);
    this.#send();
    while (this.#sending !== undefined) await this.#sending;
    if (this.#error !== undefined) throw this.#error;
    return isKept ? this.#trial.stores[0].kind : undefined;
  }

  #send(): void {
    this.#isReported = false;
    this.#sending ??= this.#sendAll()
      .catch((error: unknown) => {
        this.#error = error instanceof Error ? error : new Error(String(error));
        this.#failing.abort();
      })
      .finally(() => (this.#sending = undefined));
  }

  async #sendAll(): Promise<void> {
    const { job, stores, data, token, lockMs } = this.#trial;
    while (!this.#isReported && this.#error === undefined) {
      this.#isReported = true;
      const [files, epochs] = [this.#files, [...this.#epochs]];
      this.#files = undefined;
      // Otherwise, what another worker has stored in the meantime would be replaced.
      if ((await job.extendLock(token, lockMs)) !== 1) throw new Error('another worker has the trial now');
      if (files !== undefined) await stores[0].save(data.name, files);
      const progress: JobProgress = { hasStarted: this.#hasStarted, epochs, lost: job.stalledCounter };
      await job.updateProgress(progress);
    }
  }
}
