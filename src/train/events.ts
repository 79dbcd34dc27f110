import { z } from 'zod';
import type { EpochRecord } from './epochRecord.js';

/** Progress within an epoch. */
export const progressSchema = z.object({
  /** From 1. */
  epoch: z.int(),
  epochs: z.int(),
  /** Steps completed in this epoch. */
  step: z.int(),
  /** Steps per epoch. */
  steps: z.int(),
  /** Mean over the steps completed in this epoch. */
  trainLoss: z.number(),
  imagesPerSecond: z.number(),
  /** Estimated time until the end of the last epoch, at the current speed. */
  secondsLeft: z.number(),
});

export type Progress = Readonly<z.infer<typeof progressSchema>>;

/** Events of training, in the order in which they occur. */
export type TrainingEvent =
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'epoch'; readonly isBest: boolean; readonly record: EpochRecord };
