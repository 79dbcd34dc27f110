import type { Dataset } from '../data/dataset.js';
import type { Config } from './config.js';
import type { TrainingEvent } from './events.js';
import type { Metrics } from './metrics.js';
import type { Summary } from './summary.js';

/** What happens in a run, in the order it happens. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly folder: string;
      readonly config: Config;
      readonly parameters: number;
    }
  | TrainingEvent
  | { readonly type: 'finished'; readonly summary: Summary };

export interface RunHooks {
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: AbortSignal | undefined;
  /** How the run was asked for, for its record. */
  readonly command: string;
  /** Why this data set stands in for the one that was asked for. */
  readonly note?: string | undefined;
}

export interface FinishedRun {
  readonly folder: string;
  readonly summary: Summary;
}

/** Trains, validates and tests one network, and keeps everything in a new run folder. */
export declare function trainRun(config: Config, dataset: Dataset, hooks: RunHooks): Promise<FinishedRun>;

/** Scores the best checkpoint of a run on a data set's test images. */
export declare function evaluateRun(folder: string, dataset: Dataset, threads: number): Promise<Metrics>;

/** A run folder as it was left. */
export interface RunRecord {
  readonly folder: string;
  readonly config: Config;
  /** Missing while the run goes on, or when it was killed. */
  readonly summary: Summary | undefined;
}

/** @throws {InklingError} when the folder is not a run */
export declare function readRun(folder: string): RunRecord;

/** The runs of a folder, oldest first. */
export declare function listRuns(runDir: string): RunRecord[];
