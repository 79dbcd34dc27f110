import type { EpochRecord } from './epochRecord.js';

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
