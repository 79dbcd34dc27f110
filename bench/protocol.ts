import * as z from 'zod';

export const taskNames = ['training', 'inference'] as const;
export type TaskName = (typeof taskNames)[number];

/** The job of a measured process, passed as JSON in its first argument. */
export const jobSchema = z.strictObject({
  task: z.enum(taskNames),
  /** The processor by default. */
  device: z.literal('gpu').optional(),
  /** Images per step or call. */
  batch: z.int().min(1),
  threads: z.int().min(1),
  /** Images in the data set; those of the fixture are repeated as needed. */
  images: z.int().min(1),
  /** The folder of the fixture. */
  folder: z.string(),
  /** The name of the network in the fixture. */
  network: z.string(),
});
export type Job = z.infer<typeof jobSchema>;

/** The first message of a measured process, sent after its first step or call. */
export const readySchema = z.strictObject({
  /** The loss of the first step, or the probability of the first image's class: equal for systems that compute the same model. */
  checkValue: z.number(),
});

/** Requests a round of at least this duration. */
export const roundRequestSchema = z.strictObject({ seconds: z.number().positive() });

/** The response to such a request. */
export const roundSchema = z.strictObject({
  images: z.int().min(1),
  seconds: z.number().positive(),
  /** The largest resident memory so far. */
  peakMegabytes: z.number().positive(),
});
export type Round = z.infer<typeof roundSchema>;
