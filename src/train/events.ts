import type { Config } from './config.js';
import type { Summary } from './summary.js';

/** One pass over the training images, as it is kept in `summary.json`. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the epoch's images, each counted with the weights of its own step: the loss with all its settings. */
  readonly trainLoss: number;
  /** A fraction, counted as the loss is; of a mixed image, an answer is right by the share of its class. */
  readonly trainAccuracy: number;
  readonly validationLoss: number;
  /** A fraction. */
  readonly validationAccuracy: number;
  /** Training and validation. */
  readonly seconds: number;
  /** In training. */
  readonly imagesPerSecond: number;
  /** Of its last step. */
  readonly learningRate: number;
}

/** How far an epoch has come. */
export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and steps in it. */
  readonly step: number;
  readonly steps: number;
  /** Mean over the epoch so far. */
  readonly trainLoss: number;
  readonly imagesPerSecond: number;
  /** Until the last epoch's end, at the present speed. */
  readonly secondsLeft: number;
}

/** What happens while a network trains, in the order it happens. */
export type TrainingEvent =
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'epoch'; readonly isBest: boolean; readonly record: EpochRecord };

/** What happens in a run, in the order it happens. */
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
  | { readonly type: 'finished'; readonly summary: Summary };
