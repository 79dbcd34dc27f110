import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { MachineError } from '../../../core/errors.js';
import { validate } from '../../../core/validate.js';
import type { TrialEnd, TrialJob, TrialReports } from '../trialQueue.js';
import type { CollectedRun } from './collectedRun.js';
import type { Latch } from './latch.js';
import {
  type JobData,
  jobIdOf,
  jobSchema,
  type JobProgress,
  type JobResult,
  KEPT_SECONDS,
  KEYS,
  reportedSchema,
  resultSchema,
  type Stop,
} from './messages.js';

/** Events are only a hint to look at a job, since some can be missed. */
const POLL_MS = 2000;
/** How long workers may take to end their trials when the sweep is interrupted. They end them later in any case. */
const GRACE_MS = 5000;

/**
 * Attempts of a job that fails because of its machine, such as a full disk; training that fails is a result. There is no pause between them,
 * which would be timed by the clock of the worker.
 */
const ATTEMPTS = { attempts: 5 } as const;
/** Jobs without a priority come before those with one. */
const LATER = { priority: 1 } as const;
const KEPT = { removeOnComplete: { age: KEPT_SECONDS }, removeOnFail: { age: KEPT_SECONDS } } as const;

/** What the jobs of a sweep share. */
export interface RemoteContext {
  readonly queue: Queue;
  readonly redis: Redis;
  readonly sweep: JobData['sweep'];
  readonly command: string;
  readonly note: string | undefined;
}

/** A job of BullMQ that workers train, as its coordinator sees it. */
export class RemoteJob {
  readonly #context: RemoteContext;
  readonly #job: TrialJob;
  readonly #reports: TrialReports;
  readonly #run: CollectedRun;
  #observed = 0;
  #hasStarted = false;
  #stop: Stop | undefined;

  constructor(context: RemoteContext, job: TrialJob, run: CollectedRun, reports: TrialReports) {
    this.#context = context;
    this.#job = job;
    this.#reports = reports;
    this.#run = run;
  }

  get id(): string {
    return jobIdOf(this.#context.sweep.id, this.#job.name);
  }

  /**
   * Adds the job, unless it is there from before the coordinator was killed, and follows it until it has ended.
   *
   * @param changes is set when something has happened to the job
   * @param signal interrupts it
   * @throws {MachineError} when workers failed to execute it
   */
  async follow(changes: Latch, signal: AbortSignal): Promise<TrialEnd> {
    await this.#attach();
    let interruptedAt: number | undefined;
    for (;;) {
      // A job that is no longer there was removed by hand, or Redis has lost it.
      const job = (await this.#find()) ?? (await this.#add());
      await this.#observe(job);
      const end = await this.#endOf(job, signal.aborted);
      if (end !== undefined) return end;
      if (signal.aborted) {
        interruptedAt ??= performance.now();
        const isOver = (await this.#tryRemoving(job)) || performance.now() - interruptedAt > GRACE_MS;
        if (isOver) {
          if (this.#hasStarted) await this.#run.collectNewest();
          return { state: 'interrupted' };
        }
        await this.#send('interrupt');
      }
      await changes.wait(signal.aborted ? GRACE_MS / 10 : POLL_MS);
    }
  }

  async #attach(): Promise<void> {
    const { redis, sweep } = this.#context;
    // What the coordinator has asked for before it was interrupted.
    await redis.del(KEYS.stop(sweep.id, this.#job.name));
    const job = await this.#find();
    if (job?.finishedOn === undefined) return;
    const isPaused = validate(jobSchema, job.data, `queue: job ${job.id ?? ''}`).until !== this.#job.until;
    if (isPaused || (await job.isFailed()) || parseResult(job).state === 'interrupted') await job.remove();
  }

  async #find(): Promise<Job | undefined> {
    return this.#context.queue.getJob(this.id);
  }

  async #add(): Promise<Job> {
    const { queue, sweep, command, note } = this.#context;
    const { name, config, trainsOnly, until, goesFirst } = this.#job;
    const data: JobData = { sweep, name, config, trainsOnly, until, command, note };
    return queue.add(`${sweep.name} ${name}`, data, {
      jobId: this.id,
      ...ATTEMPTS,
      ...KEPT,
      ...(!goesFirst && LATER),
    });
  }

  /** Reports what has happened since the last time. */
  async #observe(job: Job): Promise<void> {
    const reported = progressOf(job);
    if (reported === undefined) return;
    if (reported.hasStarted && !this.#hasStarted) {
      this.#hasStarted = true;
      this.#reports.onStart(this.#run.name);
    }
    for (const [epoch, value] of reported.epochs.slice(this.#observed)) {
      this.#observed++;
      const isLast = epoch === this.#job.config.epochs;
      if (this.#reports.onEpoch(epoch, value, isLast)) await this.#send('prune');
    }
  }

  /** @returns undefined if it has not ended, or is to be trained further */
  async #endOf(job: Job, isInterrupted: boolean): Promise<TrialEnd | undefined> {
    if (job.finishedOn === undefined) return undefined;
    if (await job.isFailed()) {
      throw new MachineError(
        `queue: ${this.#job.name} could not be executed by workers in ${job.attemptsMade} attempts, the last one because of: ${job.failedReason}; correct that, and resume the sweep`,
      );
    }
    const result = parseResult(job);
    const isCollected = await this.#run.collect(result);
    const isDone = result.state !== 'interrupted' || isInterrupted;
    if (isDone && isCollected) {
      return result.state === 'failed' ? { state: 'failed', error: result.error } : { state: result.state };
    }
    await job.remove();
    await this.#context.redis.del(KEYS.stop(this.#context.sweep.id, this.#job.name));
    this.#stop = undefined;
    return undefined;
  }

  async #send(stop: Stop): Promise<void> {
    if (this.#stop === stop) return;
    this.#stop = stop;
    const { redis, sweep } = this.#context;
    await redis.set(KEYS.stop(sweep.id, this.#job.name), stop, 'EX', KEPT_SECONDS);
  }

  /** Removes the job if no worker is training it. */
  async #tryRemoving(job: Job): Promise<boolean> {
    try {
      await job.remove();
      return true;
    } catch {
      // A worker has it.
      return false;
    }
  }
}

function progressOf({ id = '', progress }: Job): JobProgress | undefined {
  const reported = validate(reportedSchema, progress, `queue: progress of job ${id}`);
  return reported === 0 ? undefined : reported;
}

function parseResult({ id = '', returnvalue }: Job): JobResult {
  return validate(resultSchema, returnvalue, `queue: result of job ${id}`);
}
