import * as z from 'zod';
import { fraction, nonNegativeInteger, positiveInteger } from '../core/validate.js';
import { SPLIT_METHODS } from '../data/dataset.js';
import { calibrationSchema } from '../interop/calibrationRecord.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';
import { savedMetricsSchema } from '../train/metrics.js';
import { usedDevicesSchema } from '../train/device/usedDevices.js';

/** Identifies the images of a data set: for each part, the SHA-256 hash of the shape, classes, labels, and pixels, in order. */
export const fingerprintSchema = z.object({ train: z.string(), test: z.string() });

export type Fingerprint = Readonly<z.infer<typeof fingerprintSchema>>;

/** Why runs end; `early` means that patience ran out. */
export const stopReasons = ['completed', 'early', 'imported', 'interrupted', 'diverged', 'failed'] as const;

export const runSummarySchema = z.object({
  /** The version of Inkling that wrote it. */
  version: z.string(),
  /** When the run began, in ISO 8601. */
  startedAt: z.string(),
  /** When it was resumed. */
  resumedAt: z.array(z.string()).readonly().optional(),
  command: z.string(),
  dataset: z.object({
    name: z.string(),
    source: z.object({
      kind: z.enum(['files', 'download', 'generated']),
      location: z.string(),
      verified: z.boolean(),
      sha256: z.record(z.string(), z.string()).readonly(),
      notes: z.array(z.string()).readonly().optional(),
    }),
    /** The number of images in each part. */
    train: nonNegativeInteger,
    validation: nonNegativeInteger,
    test: nonNegativeInteger,
    /** How the validation images were chosen; absent in records of earlier versions. */
    validationSplit: z.enum(['predefined', ...SPLIT_METHODS, 'grouped', 'fold']).optional(),
    /** `[height, width, channels]` */
    shape: z.array(positiveInteger).readonly(),
    classes: z.array(z.string()).readonly(),
    /** Absent in records of earlier versions. */
    fingerprint: fingerprintSchema.optional(),
    /** Why another data set was used than the requested one. */
    note: z.string().optional(),
  }),
  model: z.object({ name: z.string(), parameters: nonNegativeInteger, multiplyAdds: nonNegativeInteger }),
  /** The last layer, if it was re-initialized because the classes differ from those of the fine-tuned model. */
  newHead: z.string().optional(),
  epochs: z.array(savedEpochRecordSchema).readonly(),
  best: z.object({ epoch: positiveInteger, validationAccuracy: fraction }).optional(),
  /** The metrics of the best weights on the test images; absent if the run did not finish, or is a trial of a sweep or a fold. */
  test: z.optional(savedMetricsSchema),
  /**
   * The calibration of the best weights on the validation images; absent likewise. What only predictions need is in the
   * model's file; runs of earlier versions have all of it here.
   */
  calibration: z.optional(calibrationSchema),
  /** What to know about the training: that its classes are imbalanced, or what went wrong without affecting the test score. */
  notices: z.array(z.string()).readonly().optional(),
  timing: z.object({
    totalSeconds: z.number(),
    /** The duration of training, without validation. */
    trainSeconds: z.number(),
    imagesPerSecond: z.number(),
    /** The peak resident memory of the process. */
    peakMemoryMB: z.number(),
  }),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    threads: positiveInteger,
    /** Which build of the kernels ran; absent if the engine did not start. */
    simd: z.enum(['fma', 'simd']).optional(),
    /** Absent if only the CPU trained, without a choice. */
    devices: z.optional(usedDevicesSchema),
  }),
  seed: nonNegativeInteger,
  stopReason: z.enum(stopReasons),
  /** The error that ended the run. */
  error: z.string().optional(),
});

/**
 * The contents of `summary.json`. Accuracies are fractions.
 *
 * @interface
 */
export type RunSummary = Readonly<z.infer<typeof runSummarySchema>>;
export type StopReason = RunSummary['stopReason'];
