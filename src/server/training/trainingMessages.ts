import * as z from 'zod';
import { nonEmptyString } from '../../core/validate.js';
import { configSchema } from '../../train/config.js';

/** What the server tells the process that trains. */
export const requestSchema = z.discriminatedUnion('type', [
  z.object({
    /** The first message. */
    type: z.literal('train'),
    config: configSchema,
    /** As in `DatasetRequest`. */
    environment: z.record(z.string(), z.union([z.string(), z.undefined()])),
  }),
  /** Ends the training after the current step. */
  z.object({ type: z.literal('stop') }),
]);

/** The answers, in order. */
export const reportSchema = z.discriminatedUnion('type', [
  /** The run has begun. */
  z.object({ type: z.literal('started'), run: nonEmptyString }),
  z.object({
    type: z.literal('ended'),
    /** Whether it was stopped. */
    isInterrupted: z.boolean(),
    /** Why it failed. */
    error: z.union([z.string(), z.undefined()]),
  }),
]);

export type TrainingRequest = Readonly<z.infer<typeof requestSchema>>;
export type TrainingReport = Readonly<z.infer<typeof reportSchema>>;
