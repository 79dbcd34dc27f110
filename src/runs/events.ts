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
      /** The last layer, if it was re-initialized because the classes differ from those of the fine-tuned model. */
      readonly newHead?: string | undefined;
      /** The number of epochs completed before the run was resumed. */
      readonly resumedAfter?: number | undefined;
    }
  | TrainingEvent
  | { readonly type: 'finished'; readonly summary: RunSummary };
