import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { FetchError, MachineError, messageOf } from '../../../core/errors.js';
import { validate } from '../../../core/validate.js';
import type { Connection } from './connection.js';
import { JobLoader, Refusal } from './jobLoader.js';
import { defer } from './latch.js';
import { type JobData, type JobResult, jobVersionSchema, KEPT_SECONDS, KEYS } from './messages.js';
import type { Bull } from './packages.js';
import { returnJob } from './returnJob.js';
import { trainRemotely } from './remoteTrial.js';
import type { WorkerOptions } from './workerOptions.js';

/** How long a worker that cannot train a trial lets others go first. */
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
  readonly #loader: JobLoader;
  readonly #refused = new Map<string, string>();
  readonly #ended = new AbortController();
  readonly #failing = defer<never>();
  #lost = new AbortController();
  #lastError = '';

  constructor(name: string, lockMs: number, environment: Environment) {
    this.#name = name;
    this.#lockMs = lockMs;
    this.#environment = environment;
    this.#loader = new JobLoader(environment.connection.redis, environment.options);
    this.#failing.promise.catch(() => undefined);
  }

  /** Rejects when this machine cannot train, such as for lack of space on the disk. */
  get failure(): Promise<never> {
    return this.#failing.promise;
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
    const { options, connection } = this.#environment;
    this.#lost = new AbortController();
    const signal = AbortSignal.any([options.signal, this.#lost.signal, this.#ended.signal]);
    const { sweep } = validate(jobVersionSchema, job.data, `queue: job ${job.id ?? ''}`);
    let failure: Error | undefined;
    try {
      const known = this.#refused.get(sweep.id);
      if (known !== undefined) throw new Refusal(known);
      const loaded = await this.#loader.load(job, signal);
      const trial = { job, token, ...loaded, lockMs: this.#lockMs, redis: connection.redis, signal };
      const result = await trainRemotely(trial, options);
      if (!options.signal.aborted || result.state !== 'interrupted') return result;
    } catch (error) {
      if (!options.signal.aborted) {
        if (error instanceof Refusal) return await this.#refuse(job, token, sweep, error.message);
        if (!(error instanceof MachineError || error instanceof FetchError)) throw error;
        failure = error;
      }
    }
    return await this.#giveBack(job, token, failure);
  };

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
    // Not delayed by BullMQ, for which the clocks of all machines would have to agree.
    await returnJob(job, token, connection.redis);
    await sleep(REFUSING_MS, undefined, { signal: options.signal }).catch(() => undefined);
    throw new bull.WaitingError();
  }

  /** @param failure because of which this worker ends, whether or not the job can be returned: others have it when its lock expires */
  async #giveBack(job: Job, token: string, failure: Error | undefined): Promise<never> {
    const { bull, connection, options } = this.#environment;
    try {
      await returnJob(job, token, connection.redis);
      options.notify(`${job.name}: returned to the queue`);
    } finally {
      if (failure !== undefined) {
        const { signal } = this.#ended;
        const ended = new Promise((end) => {
          signal.addEventListener('abort', end);
        });
        this.#failing.reject(failure);
        // Otherwise, BullMQ would fetch the next job.
        await ended;
      }
    }
    throw new bull.WaitingError();
  }
}
