import * as z from 'zod/mini';
import { fraction, positiveInteger } from '../core/validate.js';

export const epochRecordSchema = z.object({
  epoch: positiveInteger.check(z.describe('From 1.')),
  trainLoss: z
    .number()
    .check(
      z.describe(
        'Mean training loss, with all terms of the loss; each image counts with the weights of its own step.',
      ),
    ),
  trainAccuracy: fraction.check(
    z.describe(
      'Measured like the training loss; the prediction for a mixed image counts by the weight of its class.',
    ),
  ),
  validationLoss: z.number().check(z.describe('Mean cross-entropy of the validation images.')),
  validationAccuracy: fraction.check(z.describe('Accuracy on the validation images.')),
  seconds: z.number().check(z.describe('Duration of training and validation.')),
  imagesPerSecond: z.number().check(z.describe('Training speed, without validation.')),
  learningRate: z.number().check(z.describe('Learning rate of the last step.')),
});

/**
 * The record of one epoch.
 *
 * @interface
 */
export type EpochRecord = Readonly<z.infer<typeof epochRecordSchema>>;

/** An epoch record as read from a file; older versions did not record the training accuracy. */
export const savedEpochRecordSchema = z.object({
  ...epochRecordSchema.shape,
  trainAccuracy: z.optional(epochRecordSchema.shape.trainAccuracy),
});
