import * as z from 'zod';

const fraction = z.number().min(0).max(1);

export const epochRecordSchema = z.object({
  epoch: z.int().min(1).describe('From 1.'),
  trainLoss: z
    .number()
    .describe(
      'Mean training loss, with all terms of the loss; each image counts with the weights of its own step.',
    ),
  trainAccuracy: fraction.describe(
    'Measured like the training loss; the prediction for a mixed image counts by the weight of its class.',
  ),
  validationLoss: z.number().describe('Mean cross-entropy of the validation images.'),
  validationAccuracy: fraction.describe('Accuracy on the validation images.'),
  seconds: z.number().describe('Duration of training and validation.'),
  imagesPerSecond: z.number().describe('Training speed, without validation.'),
  learningRate: z.number().describe('Learning rate of the last step.'),
});

/**
 * The record of one epoch.
 *
 * @interface
 */
export type EpochRecord = Readonly<z.infer<typeof epochRecordSchema>>;

/** An epoch record as read from a file; older versions did not record the training accuracy. */
export const savedEpochRecordSchema = epochRecordSchema.partial({ trainAccuracy: true });
