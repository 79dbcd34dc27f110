import * as z from 'zod';

const fraction = z.number().min(0).max(1);

/** How a model was trained. */
export const trainingRecordSchema = z.object({
  /** The number of epochs it was trained for, and the one whose weights it has, which validation selected. */
  epochs: z.int().min(1),
  selectedEpoch: z.int().min(1),
  /** Accuracies of these weights, from 0 to 1. */
  validationAccuracy: fraction,
  testAccuracy: fraction,
  seed: z.int().min(0),
  /** The version of Inkling that trained it. */
  version: z.string(),
  /** When training began: a day in UTC, such as `2026-11-29`. */
  date: z.iso.date(),
});

export type TrainingRecord = Readonly<z.infer<typeof trainingRecordSchema>>;
