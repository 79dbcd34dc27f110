import { type ChildExecution, TrialChild } from './trialChild.js';
import type { TrialJob, TrialQueue, TrialReports } from './trialQueue.js';

/** A job whose process dies is tried again so many times, since the reason may be another one than the job. */
const MAX_RETRIES = 2;

export interface ProcessQueueOptions extends ChildExecution {
  /** How many trials are trained at the same time, each by a process of its own. */
  readonly processes: number;
  /** With how many threads each is trained, unless its job states it. */
  readonly threads: number;
}

/**
 * Trains several trials at the same time in child processes, each as a run. Where a process ends unexpectedly, another
 * one resumes its run after the last completed epoch, with the same bits.
 */
export function processQueue({ processes, threads, ...execution }: ProcessQueueOptions): TrialQueue {
  const children = new Set<TrialChild>();
  const idle: TrialChild[] = [];
  const take = (): TrialChild => {
    for (let child = idle.pop(); child !== undefined; child = idle.pop()) if (child.isAlive) return child;
    const child = new TrialChild(execution);
    children.add(child);
    return child;
  };
  return {
    capacity: processes,
    capacityChanged: () => new Promise(() => undefined),
    async execute(job, reports, signal) {
      const tries = new Tries({ ...job, threads: job.threads ?? threads }, reports);
      for (let deaths = 1; ; deaths++) {
        const child = take();
        const end = await child.execute(tries.job, tries, signal);
        if (end.state !== 'died') idle.push(child);
        if (tries.isPruned) return { state: 'pruned' };
        if (end.state !== 'died') return end;
        children.delete(child);
        if (signal.aborted) return { state: 'interrupted' };
        if (deaths > MAX_RETRIES) return { state: 'failed', error: describeDeaths(deaths, end.reason) };
      }
    },
    async close() {
      await Promise.all([...children].map((child) => child.close()));
    },
  };
}

/** A job and its reports, which continue where the process before has ended. */
class Tries implements TrialReports {
  /** Whether the job was told to end early. */
  isPruned = false;
  #job: TrialJob;
  readonly #reports: TrialReports;
  #epochs = 0;

  constructor(job: TrialJob, reports: TrialReports) {
    this.#job = job;
    this.#reports = reports;
  }

  get job(): TrialJob {
    return this.#job;
  }

  readonly onStart = (run: string): void => {
    this.#job = { ...this.#job, run };
    this.#reports.onStart(run);
  };

  readonly onEpoch: TrialReports['onEpoch'] = (epoch, value, isLast) => {
    // A process that resumes the run reports its earlier epochs again, which were judged already.
    if (epoch <= this.#epochs || this.isPruned) return this.isPruned;
    this.#epochs = epoch;
    this.isPruned = this.#reports.onEpoch(epoch, value, isLast);
    return this.isPruned;
  };
}

function describeDeaths(deaths: number, reason: string): string {
  return `the process that trained it ended unexpectedly ${deaths} times; the last time, ${reason}. If memory ran out, train fewer trials at a time, or smaller models or batches`;
}
