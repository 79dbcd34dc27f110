import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { FetchError, InklingError, MachineError, messageOf } from '../../../core/errors.js';
import { formatPlural } from '../../../core/format.js';
import { validate } from '../../../core/validate.js';
import type { Dataset } from '../../../data/dataset.js';
import { makeFolder } from '../../../platform/folders.js';
import { claimTemporary } from '../../../platform/temporaries.js';
import { assertSameVersion, loadSweepDataset } from '../../sweepDataset.js';
import type { Connection } from './connection.js';
import {
  type JobData,
  type JobResult,
  jobSchema,
  jobVersionSchema,
  KEPT_SECONDS,
  KEYS,
  reportedSchema,
} from './messages.js';
import type { Bull } from './packages.js';
import { trainRemotely } from './remoteTrial.js';
import { folderStore, redisStore, type RunStore } from './stores.js';
import { readSweepId } from './sweepId.js';
import type { WorkerOptions } from './workerOptions.js';

/** How long a trial waits, and how long the worker that cannot train it lets others go first. */
const REFUSED_MS = 500;
const REFUSING_MS = 2000;

/** What a worker works with. */
interface Environment {
  readonly bull: Bull;
  readonly connection: Connection;
  readonly options: WorkerOptions;
}

/** What BullMQ calls with each job. */
export class TrialWorker {
  readonly #name: string;
  readonly #lockMs: number;
  readonly #environment: Environment;
  readonly #refused = new Map<string, string>();
  readonly #ended = new AbortController();
  #lost = new AbortController();
  #loaded: { readonly sweep: string; readonly dataset: Dataset } | undefined;
  #lastError = '';

  constructor(name: string, lockMs: number, environment: Environment) {
    this.#name = name;
    this.#lockMs = lockMs;
    this.#environment = environment;
  }

  /** The lock of the job could not be renewed, so that another worker may have it. */
  readonly lose = (): void => {
    this.#lost.abort();
  };

  /** The connection is gone. */
  end(): void {
    this.#ended.abort();
  }

  /** What BullMQ cannot do; a lost connection is reported by itself. */
  readonly onError = (error: Error): void => {
    const message = messageOf(error);
    const isConnection = /ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|Connection is closed/.test(message);
    if (isConnection || message === '' || message === this.#lastError) return;
    this.#lastError = message;
    this.#environment.options.notify(`queue: ${message}`);
  };

  readonly execute = async (job: Job, token = ''): Promise<JobResult> => {
    const { options } = this.#environment;
    this.#lost = new AbortController();
    const signal = AbortSignal.any([options.signal, this.#lost.signal, this.#ended.signal]);
    const { sweep } = validate(jobVersionSchema, job.data, `queue: job ${job.id ?? ''}`);
    try {
      const data = this.#read(job);
      const stores = this.#storesOf(data);
      const dataset = await this.#load(data, signal);
      const result = await this.#train({ job, token, data, stores, dataset, signal });
      if (!options.signal.aborted || result.state !== 'interrupted') return result;
    } catch (error) {
      if (!options.signal.aborted) {
        if (!(error instanceof Refusal)) throw error;
        return await this.#refuse(job, token, sweep, error.message);
      }
    }
    await job.moveToWait(token);
    options.notify(`${job.name}: returned to the queue`);
    throw new this.#environment.bull.WaitingError();
  };

  /** @throws {Refusal} when the job was added by another version */
  #read(job: Job): JobData {
    const who = `queue: job ${job.id ?? ''}`;
    const { sweep } = validate(jobVersionSchema, job.data, who);
    const known = this.#refused.get(sweep.id);
    if (known !== undefined) throw new Refusal(known);
    try {
      assertSameVersion(sweep.definition, sweep.name);
    } catch (error) {
      throw new Refusal(messageOf(error));
    }
    return validate(jobSchema, job.data, who);
  }

  /** @throws {Refusal} when `store` does not contain the sweep */
  #storesOf({ sweep }: JobData): readonly RunStore[] {
    const { store } = this.#environment.options;
    const inRedis = redisStore(this.#environment.connection.redis, sweep.id);
    if (store === undefined) return [inRedis];
    const folder = join(resolve(store), sweep.name);
    if (readSweepId(folder) === sweep.id) return [folderStore(folder), inRedis];
    throw new Refusal(
      `--store ${store}: expected the folder that contains ${sweep.name}, as the machine that conducts this sweep sees it, got one without it, or with another sweep of that name; correct it, or leave it out`,
    );
  }

  /** @throws {Refusal} when the images differ from those of the sweep */
  async #load({ sweep }: JobData, signal: AbortSignal): Promise<Dataset> {
    if (this.#loaded?.sweep === sweep.id) return this.#loaded.dataset;
    this.#loaded = undefined;
    const { dataDir, onProgress, onDecode } = this.#environment.options;
    try {
      const dataset = await loadSweepDataset(sweep.definition, sweep.name, {
        ...(dataDir !== undefined && { dataDir }),
        signal,
        onProgress,
        onDecode,
      });
      this.#loaded = { sweep: sweep.id, dataset };
      return dataset;
    } catch (error) {
      const isRefusal = error instanceof InklingError && !signal.aborted;
      if (!isRefusal || error instanceof MachineError || error instanceof FetchError) throw error;
      throw new Refusal(error.message);
    }
  }

  async #train(trial: {
    readonly job: Job;
    readonly token: string;
    readonly data: JobData;
    readonly stores: readonly RunStore[];
    readonly dataset: Dataset;
    readonly signal: AbortSignal;
  }): Promise<JobResult> {
    const { job, data } = trial;
    const { threads, dataDir, notify, onTrial, onProgress } = this.#environment.options;
    const { name, config, sweep } = data;
    const label = `${name} of ${sweep.name}`;
    const reported = validate(reportedSchema, job.progress, `queue: progress of job ${job.id ?? ''}`);
    const earlier = reported === 0 ? undefined : reported;
    const isStated = Object.hasOwn(sweep.definition.space, 'threads');
    const chosen = threads ?? (isStated ? config.threads : undefined);
    const done = earlier?.epochs.length ?? 0;
    notify(`${label}: ${done === 0 ? 'training' : `continuing after ${formatPlural(done, 'epoch')}`}`);
    const parent = join(tmpdir(), 'inkling-worker');
    makeFolder(parent);
    const scratch = claimTemporary(parent);
    makeFolder(scratch.path);
    try {
      const result = await trainRemotely({
        ...trial,
        data: { ...data, config: { ...config, threads: chosen, ...(dataDir !== undefined && { dataDir }) } },
        lockMs: this.#lockMs,
        redis: this.#environment.connection.redis,
        scratch: scratch.path,
        earlier,
        onDownload: onProgress,
        onEpoch: (epoch, value) => {
          notify(`${label}: epoch ${epoch} of ${config.epochs}, ${config.monitor} ${value.toFixed(4)}`);
        },
      });
      notify(`${label}: ${result.state}${result.state === 'failed' ? `: ${result.error}` : ''}`);
      onTrial?.({ sweep: sweep.name, trial: name, state: result.state });
      return result;
    } finally {
      scratch.release();
    }
  }

  /** Lets other workers have a job that this one cannot train, and tells the coordinator why. */
  async #refuse(
    job: Job,
    token: string,
    { id, name }: Pick<JobData['sweep'], 'id' | 'name'>,
    reason: string,
  ): Promise<never> {
    const { bull, connection, options } = this.#environment;
    if (!this.#refused.has(id)) {
      this.#refused.set(id, reason);
      await connection.redis.hset(KEYS.refusals(id), this.#name, reason);
      await connection.redis.expire(KEYS.refusals(id), KEPT_SECONDS);
      options.notify(`${name}: left to other workers: ${reason}; then start this worker again`);
    }
    await job.moveToDelayed(Date.now() + REFUSED_MS, token);
    await sleep(REFUSING_MS, undefined, { signal: options.signal }).catch(() => undefined);
    throw new bull.DelayedError();
  }
}

/** This worker cannot train the trials of a sweep; another one may. */
class Refusal extends Error {}
