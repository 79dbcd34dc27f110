import type { Config } from '../train/config.js';
import type { TrainingEvent } from '../train/events.js';
import type { RunSummary } from './runSummary.js';

type EpochEvent = Extract<TrainingEvent, { type: 'epoch' }>;

/** Events of a run, in the order in which they occur. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly folder: string;
      readonly config: Config;
      readonly parameters: number;
      /** The last layer, if it was re-initialized because the classes differ from those of the fine-tuned model. */
      readonly newHead?: string | undefined;
      /** The hash of the weights that a new run starts from, unless they are random; see `hashOfWeights`. */
      readonly startingWeights?: string | undefined;
      /** The number of epochs completed before the run was resumed. */
      readonly resumedAfter?: number | undefined;
    }
  | Exclude<TrainingEvent, EpochEvent>
  | (EpochEvent & {
      /** The hash of the state after the epoch, with which a repetition is compared; see `hashOfState`. */
      readonly state?: string | undefined;
    })
  | { readonly type: 'finished'; readonly summary: RunSummary };
