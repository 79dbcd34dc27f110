import * as z from 'zod';
import { nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { usedDevicesSchema } from '../../train/device/usedDevices.js';

const differenceSchema = z.object({
  /** When in training, such as `epoch 2, step 36`. */
  where: z.string(),
  /** The file of the run that disagrees with the repetition. */
  file: z.string(),
  /** What in this file, such as `trainLoss`, or a weight with its index. */
  what: z.string(),
  recorded: z.string(),
  repeated: z.string(),
  /** What may have caused it, in sentences. */
  reasons: z.array(z.string()).readonly(),
});

/** The first difference between a run and its repetition. */
export type Difference = Readonly<z.infer<typeof differenceSchema>>;

export const verificationSchema = z.object({
  /** The version of Inkling that repeated the training. */
  version: z.string(),
  /** In ISO 8601. */
  verifiedAt: z.string(),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    threads: positiveInteger,
    simd: z.enum(['fma', 'simd']).optional(),
    devices: z.optional(usedDevicesSchema),
  }),
  /** How many epochs were repeated, and how many the run has. */
  epochs: nonNegativeInteger,
  recordedEpochs: positiveInteger,
  /** What was compared, as far as the run recorded it. */
  compared: z.object({
    /** How many losses within epochs. */
    losses: nonNegativeInteger,
    /** After how many epochs the weights or their hash. */
    states: nonNegativeInteger,
    /** Files of weights. */
    weights: z.array(z.string()).readonly(),
    /** Whether the model was tested again. */
    test: z.boolean(),
  }),
  result: z.enum(['same', 'different']),
  /** Absent if all is the same. */
  difference: differenceSchema.optional(),
  /** The hash of the records that were verified. */
  record: z.string(),
});

/**
 * How a repetition of a run's training compares with it, the content of `verification.json`.
 *
 * @interface
 */
export type Verification = Readonly<z.infer<typeof verificationSchema>>;

/** A verification that was recorded, and whether the run has been changed since. */
export interface RecordedVerification extends Verification {
  readonly isOutdated: boolean;
}
