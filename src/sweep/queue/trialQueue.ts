import type { Config } from '../../train/config.js';

/** A run to train: of a trial, or of a finalist with another seed. */
export interface TrialJob {
  /** The name of its run folder without the number, such as `trial-7`, which no other job of the sweep has. */
  readonly name: string;
  readonly config: Config;
  /** The name of the run folder in which an interrupted sweep has started it. */
  readonly run: string | undefined;
}

/** What a job tells the sweep while it is executed. */
export interface TrialReports {
  /** Its run folder has been created, of which this is the name. */
  readonly onStart: (run: string) => void;
  /**
   * An epoch has ended, with this value of the metric. A job that is resumed reports its earlier epochs again.
   *
   * @param isLast whether the job would end anyway
   * @returns whether the job is to be ended early
   */
  readonly onEpoch: (epoch: number, value: number, isLast: boolean) => boolean;
}

/** How an execution ended. */
export type TrialEnd =
  | { readonly state: 'complete' | 'pruned' }
  | { readonly state: 'interrupted' }
  | { readonly state: 'failed'; readonly error: string };

/** What executes jobs: this process, others, or other machines. */
export interface TrialQueue {
  /** How many jobs it executes at the same time; can change. */
  readonly capacity: number;
  /** Resolves when the capacity has changed. */
  readonly capacityChanged: () => Promise<void>;
  /**
   * Trains a job from its start, or resumes one that has a run, to its end.
   *
   * @param signal interrupts it
   * @throws {MachineError} when the queue itself has failed; a failure of the training is an end
   */
  readonly execute: (job: TrialJob, reports: TrialReports, signal: AbortSignal) => Promise<TrialEnd>;
  /** Frees what the queue uses. */
  readonly close: () => Promise<void>;
}
