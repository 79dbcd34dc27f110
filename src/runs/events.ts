import type { Config } from '../train/config.js';
import type { TrainingEvent } from '../train/events.js';
import type { RunSummary } from './runSummary.js';

/** Events of a run, in the order in which they occur. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly folder: string;
      readonly config: Config;
      readonly parameters: number;
      /** The layer that starts from new weights, where training starts from a network with other classes. */
      readonly newHead?: string | undefined;
      /** How many epochs were done before, where the run goes on. */
      readonly resumedAfter?: number | undefined;
    }
  | TrainingEvent
  | { readonly type: 'finished'; readonly summary: RunSummary };
