import * as z from 'zod';
import { nonEmptyString, positiveInteger } from '../../core/validate.js';
import { configSchema } from '../../train/config.js';
import { trialImagesSchema } from './trialImages.js';

/** What the process that conducts trials tells one that trains them. */
export const requestSchema = z.discriminatedUnion('type', [
  z.object({
    /** The first message: which images to load. */
    type: z.literal('load'),
    /** The folder that contains the run folders. */
    folder: nonEmptyString,
    images: trialImagesSchema,
    /** The command line, and why another data set is used than the requested one, for the records of runs. */
    command: z.string(),
    note: z.union([z.string(), z.undefined()]),
  }),
  z.object({
    type: z.literal('execute'),
    job: z.object({
      name: nonEmptyString,
      config: configSchema,
      run: z.union([nonEmptyString, z.undefined()]),
      trainsOnly: z.boolean(),
      goesFirst: z.boolean(),
      until: z.optional(positiveInteger),
      threads: z.optional(positiveInteger),
    }),
  }),
  /** Ends the job that is being executed. */
  z.object({ type: z.literal('stop') }),
]);

/** The answers: events of the job that is being executed, in order. */
export const reportSchema = z.discriminatedUnion('type', [
  /** The images cannot be loaded. */
  z.object({ type: z.literal('unloadable'), error: z.string() }),
  /** The machine has failed. */
  z.object({ type: z.literal('broken'), error: z.string() }),
  z.object({
    type: z.literal('download'),
    progress: z.object({
      url: z.string(),
      receivedBytes: z.number(),
      totalBytes: z.union([z.number(), z.undefined()]),
    }),
  }),
  z.object({ type: z.literal('started'), run: nonEmptyString }),
  z.object({ type: z.literal('epoch'), epoch: positiveInteger, value: z.number(), isLast: z.boolean() }),
  z.object({
    type: z.literal('ended'),
    end: z.discriminatedUnion('state', [
      z.object({ state: z.literal(['complete', 'pruned', 'interrupted']) }),
      z.object({ state: z.literal('failed'), error: z.string() }),
    ]),
  }),
]);

export type TrialRequest = Readonly<z.infer<typeof requestSchema>>;
export type TrialReport = Readonly<z.infer<typeof reportSchema>>;
