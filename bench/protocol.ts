import { z } from 'zod';

export const taskNames = ['training', 'inference'] as const;
export type TaskName = (typeof taskNames)[number];

/** What a measured process is asked to do, as JSON in its first argument. */
export const jobSchema = z.strictObject({
  task: z.enum(taskNames),
  /** Images a step or a call. */
  batch: z.int().min(1),
  threads: z.int().min(1),
  /** How many images the data set has; those of the fixture are repeated. */
  images: z.int().min(1),
  /** Where the fixture's files lie. */
  folder: z.string(),
  /** By how much the report network's numbers of channels are multiplied. */
  width: z.int().min(1),
});
export type Job = z.infer<typeof jobSchema>;

/** The first message of a measured process, sent when its first step or call is done. */
export const readySchema = z.strictObject({
  /** Loss of the first step, or the probability given to the first image's class: who computes the same model agrees. */
  answer: z.number(),
});

/** What a process is asked for again and again: to work at least that long. */
export const roundRequestSchema = z.strictObject({ seconds: z.number().positive() });

/** Its answer. */
export const roundSchema = z.strictObject({
  images: z.int().min(1),
  seconds: z.number().positive(),
  /** The largest resident memory so far. */
  peakMegabytes: z.number().positive(),
});
export type Round = z.infer<typeof roundSchema>;
