import * as z from 'zod';
import { stopReasons, type RunSummary } from './runSummary.js';

/** A run without a summary counts as stopped after this long without an event. */
const MAX_SILENCE_MS = 60_000;

export const runStateSchema = z.enum([...stopReasons, 'running', 'unfinished']);

/** The state of a folder among the runs; it is `broken` when its records cannot be read. */
export const listedStateSchema = z.enum([...runStateSchema.options, 'broken']);

/**
 * How a run ended; without a summary it is `running`, or `unfinished` when its process was killed.
 */
export type RunState = z.infer<typeof runStateSchema>;
export type ListedState = z.infer<typeof listedStateSchema>;

/**
 * @param summary undefined until the run ends
 * @param lastEvent when its last event was recorded, in milliseconds since 1970; undefined when there is none
 */
export function runStateOf(summary: RunSummary | undefined, lastEvent: number | undefined): RunState {
  if (summary !== undefined) return summary.stopReason;
  return lastEvent !== undefined && Date.now() - lastEvent < MAX_SILENCE_MS ? 'running' : 'unfinished';
}

/** The state in words, for tables. */
export function formatRunState(state: ListedState): string {
  switch (state) {
    case 'completed':
      return 'done';
    case 'early':
      return 'stopped early';
    default:
      return state;
  }
}
