import { z } from 'zod';
import { calibrationSchema } from '../predict/calibration.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';
import { classificationMetricsSchema } from '../train/metrics.js';

const fraction = z.number().min(0).max(1);
const count = z.int().min(0);

/** How runs end; `early` is when so many epochs as patience allows were no better than the best. */
export const stopReasons = ['completed', 'early', 'imported', 'interrupted', 'diverged', 'failed'] as const;

/** What `summary.json` holds. Accuracies are fractions. */
export const runSummarySchema = z.object({
  /** The version of Inkling that wrote it. */
  version: z.string(),
  /** When the run began, in ISO 8601. */
  startedAt: z.string(),
  /** When it was taken up again, where it was. */
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
    /** Images in each part. */
    train: count,
    validation: count,
    test: count,
    /** `[height, width, channels]` */
    shape: z.array(z.int().min(1)).readonly(),
    classes: z.array(z.string()).readonly(),
    /** Why another data set stands in for the one that was asked for, where one does. */
    note: z.string().optional(),
  }),
  model: z.object({ name: z.string(), parameters: count, multiplyAdds: count }),
  /** The layer that started from new weights, where the run started from a network with other classes. */
  newHead: z.string().optional(),
  epochs: z.array(savedEpochRecordSchema).readonly(),
  best: z.object({ epoch: z.int().min(1), validationAccuracy: fraction }).optional(),
  /** The best epoch's weights on the test images; missing where the run did not get there. */
  test: classificationMetricsSchema.optional(),
  /** How sure its answers are, measured on the validation images; missing like `test`. */
  calibration: calibrationSchema.optional(),
  timing: z.object({
    totalSeconds: z.number(),
    /** Of the epochs, validation left out. */
    trainSeconds: z.number(),
    imagesPerSecond: z.number(),
    /** The largest resident memory of the process. */
    peakMemoryMB: z.number(),
  }),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    threads: z.int().min(1),
    /** Which build of the kernels ran; missing when the engine did not start. */
    simd: z.enum(['fma', 'simd']).optional(),
  }),
  seed: z.int().min(0),
  stopReason: z.enum(stopReasons),
  /** What went wrong, where something did. */
  error: z.string().optional(),
});

export type RunSummary = Readonly<z.infer<typeof runSummarySchema>>;
export type StopReason = RunSummary['stopReason'];
