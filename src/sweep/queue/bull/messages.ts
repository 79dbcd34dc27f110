import * as z from 'zod';
import { nonNegativeInteger, positiveInteger } from '../../../core/validate.js';
import { configSchema } from '../../../train/config.js';
import { trialImagesSchema } from '../trialImages.js';

/** The name of the queue in BullMQ, which all sweeps share, so that any worker trains trials of any sweep. */
export const QUEUE = 'inkling';

/** How long Redis keeps what no process has fetched, in seconds. */
export const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** Identifies a sweep on all machines; letters, digits, and dashes, since it is a part of names. */
export const sweepIdSchema = z.uuid();

/** What a job of BullMQ contains. */
export const jobSchema = z.object({
  /** The sweep that it belongs to, or several seeds. */
  sweep: z.object({
    id: sweepIdSchema,
    /** The name of its folder. */
    name: z.string(),
    images: trialImagesSchema,
  }),
  name: z.string().regex(/^[\w-]+$/),
  config: configSchema,
  trainsOnly: z.boolean(),
  /** The epoch after which it is paused. */
  until: z.optional(positiveInteger),
  /** The command line, and why another data set is used than the requested one, for the record of the run. */
  command: z.string(),
  note: z.string().optional(),
});

export type JobData = Readonly<z.infer<typeof jobSchema>>;

/** The part of a job's data by which a worker of any version knows whether it can read the rest. */
export const jobVersionSchema = z.object({
  sweep: z.object({ id: sweepIdSchema, name: z.string(), images: z.object({ version: z.string() }) }),
});

/** What a worker reports while it trains. */
export const progressSchema = z.object({
  /** Whether there is a run. */
  hasStarted: z.boolean(),
  /** Each completed epoch with the metric of the validation. */
  epochs: z.array(z.tuple([positiveInteger, z.number()])),
  /** How many workers had been lost while they trained it, when the last epoch ended. */
  lost: nonNegativeInteger,
});

export type JobProgress = Readonly<z.infer<typeof progressSchema>>;

/** What a job has reported; BullMQ states 0 before the first report. */
export const reportedSchema = z.union([progressSchema, z.literal(0)]);

/** Where the files of a run are. */
const store = z.enum(['redis', 'folder']).optional();

/** How a worker ended a job. */
export const resultSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['complete', 'pruned', 'interrupted']), store }),
  z.object({ state: z.literal('failed'), error: z.string(), store }),
]);

export type JobResult = Readonly<z.infer<typeof resultSchema>>;

/** Why a job is to be ended early. */
export const stopSchema = z.enum(['prune', 'interrupt']);

export type Stop = z.infer<typeof stopSchema>;

/** The ID of a job in BullMQ, which stays the same when a sweep is resumed. */
export function jobIdOf(sweep: string, name: string): string {
  return `${sweep}-${name}`;
}

/** Keys in Redis beside those of BullMQ. */
export const KEYS = {
  /** A `Stop`, while a job is to be ended. */
  stop: (sweep: string, name: string) => `inkling:${sweep}:${name}:stop`,
  /** The files of a run. */
  snapshot: (sweep: string, name: string) => `inkling:${sweep}:${name}:snapshot`,
  /** Workers that cannot train the trials of a sweep, each with the reason. */
  refusals: (sweep: string) => `inkling:${sweep}:refusals`,
  /** The process that conducts a sweep. */
  conductor: (sweep: string) => `inkling:${sweep}:conductor`,
} as const;
