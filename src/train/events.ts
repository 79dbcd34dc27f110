import * as z from 'zod/mini';
import type { EpochRecord } from './epochRecord.js';

export const progressSchema = z.object({
  epoch: z.int().check(z.describe('Current epoch, from 1.')),
  epochs: z.int().check(z.describe('Number of epochs.')),
  step: z.int().check(z.describe('Steps completed in this epoch.')),
  steps: z.int().check(z.describe('Steps per epoch.')),
  trainLoss: z.number().check(z.describe('Mean loss over the steps completed in this epoch.')),
  imagesPerSecond: z.number().check(z.describe('Training speed.')),
  secondsLeft: z.number().check(z.describe('Estimated time until the end of the last epoch.')),
});

/**
 * Progress within an epoch.
 *
 * @interface
 */
export type Progress = Readonly<z.infer<typeof progressSchema>>;

/** How many views of training images have their features: the outputs of frozen layers, which are computed once before the first epoch. */
export interface FeatureProgress {
  readonly done: number;
  readonly total: number;
}

/** Events of training, in the order in which they occur. A notice is something to know that is not an error. */
export type TrainingEvent =
  | { readonly type: 'notice'; readonly text: string }
  | ({ readonly type: 'features' } & FeatureProgress)
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'epoch'; readonly isBest: boolean; readonly record: EpochRecord };
