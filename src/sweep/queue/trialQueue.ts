import type { Config } from '../../train/config.js';

/** A run to train: of a trial, of a finalist with another seed, or of one of several seeds. */
export interface TrialJob {
  /** Identifies it among the jobs of its queue, such as `trial-7`; letters, digits, and dashes. */
  readonly name: string;
  /** Its `name` is that of the run folder, without the number. */
  readonly config: Config;
  /** The name of its run folder, if that exists: empty, or from when the job was interrupted. */
  readonly run: string | undefined;
  /** Whether the run ends after training, without being scored on the test images. */
  readonly trainsOnly: boolean;
  /** Whether workers take it before the jobs of other sweeps without this, because the others of its sweep have ended. */
  readonly goesFirst: boolean;
  /** The epoch after which it ends as pruned, so that it can be resumed; without, it is trained to its end. */
  readonly until?: number | undefined;
  /** With how many threads it is trained on this machine, unless the configuration states it. */
  readonly threads?: number | undefined;
}

/** What a job reports while it is executed. */
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
