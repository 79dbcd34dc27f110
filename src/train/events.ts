import * as z from 'zod';
import type { EpochRecord } from './epochRecord.js';

export const progressSchema = z.object({
  epoch: z.int().describe('Current epoch, from 1.'),
  epochs: z.int().describe('Number of epochs.'),
  step: z.int().describe('Steps completed in this epoch.'),
  steps: z.int().describe('Steps per epoch.'),
  trainLoss: z.number().describe('Mean loss over the steps completed in this epoch.'),
  imagesPerSecond: z.number().describe('Training speed.'),
  secondsLeft: z.number().describe('Estimated time until the end of the last epoch.'),
});

/**
 * Progress within an epoch.
 *
 * @interface
 */
export type Progress = Readonly<z.infer<typeof progressSchema>>;

/** Events of training, in the order in which they occur. */
export type TrainingEvent =
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'epoch'; readonly isBest: boolean; readonly record: EpochRecord };
