import * as z from 'zod/mini';
import { fraction, nonNegativeInteger, positiveInteger } from '../core/validate.js';

/** How a model was trained. */
export const trainingRecordSchema = z.object({
  /** The number of epochs it was trained for, and the one whose weights it has, which validation selected. */
  epochs: positiveInteger,
  selectedEpoch: positiveInteger,
  /** Accuracies of these weights, from 0 to 1. */
  validationAccuracy: fraction,
  testAccuracy: fraction,
  /** The mean F1 score of the classes on the test images; absent in models of earlier versions. */
  testMacroF1: z.optional(fraction),
  seed: nonNegativeInteger,
  /** The version of Inkling that trained it. */
  version: z.string(),
  /** When training began: a day in UTC, such as `2026-11-29`. */
  date: z.iso.date(),
});

/** How a model was trained, as its file states it. */
export type TrainingRecord = Readonly<z.infer<typeof trainingRecordSchema>>;
