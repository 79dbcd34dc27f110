import * as z from 'zod';
import { familySchema, variantSchema } from '../families.js';
import { taskNames } from '../protocol.js';

export const networkRowSchema = z.strictObject({
  network: z.string(),
  task: z.enum(taskNames),
  /** Images per step or call. */
  batch: z.number(),
  threads: z.number(),
  /** Name, version and build. */
  system: z.string(),
  family: familySchema,
  /** Of PyTorch only. */
  variant: variantSchema.optional(),
  /** Seconds per batch of each round. Rounds of the same number, in rows of the same network, task and batch, follow each other. */
  seconds: z.array(z.number()).readonly(),
  /** Seconds from the start of the process to the end of its first step or call. */
  startSeconds: z.number(),
  /** The largest resident memory of the process. */
  peakMegabytes: z.number(),
});
export type NetworkRow = Readonly<z.infer<typeof networkRowSchema>>;

const plannedMemorySchema = z.strictObject({
  network: z.string(),
  task: z.enum(taskNames),
  batch: z.number(),
  /** What the engine allocates. */
  bytes: z.number(),
});
export type PlannedMemory = Readonly<z.infer<typeof plannedMemorySchema>>;

export const networksSchema = z.strictObject({
  rows: z.array(networkRowSchema).readonly(),
  memory: z.array(plannedMemorySchema).readonly(),
});
export type Networks = Readonly<z.infer<typeof networksSchema>>;
