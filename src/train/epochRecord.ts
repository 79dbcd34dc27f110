import { z } from 'zod';

const fraction = z.number().min(0).max(1);

/** One pass over the training images, as it is recorded. */
export const epochRecordSchema = z.object({
  /** From 1. */
  epoch: z.int().min(1),
  /** Mean over the epoch's images, each counted with the weights of its own step: the loss with all its settings. */
  trainLoss: z.number(),
  /** Counted as the loss is; the prediction for a mixed image counts by the share of its class. */
  trainAccuracy: fraction,
  validationLoss: z.number(),
  validationAccuracy: fraction,
  /** Training and validation. */
  seconds: z.number(),
  /** In training. */
  imagesPerSecond: z.number(),
  /** Of its last step. */
  learningRate: z.number(),
});

export type EpochRecord = Readonly<z.infer<typeof epochRecordSchema>>;

/** As read from a file: records written before training accuracy was counted lack it. */
export const savedEpochRecordSchema = epochRecordSchema.partial({ trainAccuracy: true });
