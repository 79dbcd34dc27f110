import type { RunSummary } from '../../runs/runSummary.js';
import type { SweepState } from '../../sweep/journal/replay.js';

/** Everything that the report of a sweep needs to know. */
export interface ReportSweep extends SweepState {
  /** The name of its folder. */
  readonly folderName: string;
  /** When the first trial began, in ISO 8601. */
  readonly startedAt: string;
  /** The summaries of the trials' runs, by trial, without those that have none. */
  readonly summaries: ReadonlyMap<number, RunSummary>;
  /** The summary of the best trial, or of the first one if none is complete: what all trials have in common. */
  readonly facts: RunSummary;
  /** How much each parameter matters, from 0 to 1, the most important first; empty if there are too few complete trials to tell. */
  readonly importance: ReadonlyMap<string, number>;
}
