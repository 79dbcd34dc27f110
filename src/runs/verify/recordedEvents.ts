import * as z from 'zod';
import { nonNegativeInteger, positiveInteger } from '../../core/validate.js';
import { type Config, configSchema } from '../../train/config.js';
import { savedEpochRecordSchema } from '../../train/epochRecord.js';
import { readRecordedEvents } from '../eventLog.js';

/** An epoch of this or an earlier version. */
export type SavedEpoch = Readonly<z.infer<typeof savedEpochRecordSchema>>;

const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    config: configSchema,
    startingWeights: z.string().optional(),
    resumedAfter: z.optional(nonNegativeInteger),
  }),
  z.object({
    type: z.literal('progress'),
    epoch: positiveInteger,
    step: positiveInteger,
    trainLoss: z.number(),
  }),
  z.object({
    type: z.literal('epoch'),
    record: savedEpochRecordSchema,
    state: z.string().optional(),
  }),
]);

/** What the event log of a run says about its training. */
export interface RecordedEvents {
  /** The settings whenever the run was started or resumed. */
  readonly starts: readonly Config[];
  /** The hash of the weights that the run started from; undefined for random ones, and in runs of earlier versions. */
  readonly startingWeights: string | undefined;
  /** For each epoch, the mean training loss after some of its steps. */
  readonly losses: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly epochs: ReadonlyMap<number, SavedEpoch>;
  /** The hash of the state after each epoch; runs of earlier versions have none. */
  readonly states: ReadonlyMap<number, string>;
}

/** @throws {InklingError} when the log cannot be read */
export function readTrainingEvents(folder: string): RecordedEvents {
  const starts: Config[] = [];
  const losses = new Map<number, Map<number, number>>();
  const epochs = new Map<number, SavedEpoch>();
  const states = new Map<number, string>();
  let startingWeights: string | undefined;
  for (const value of readRecordedEvents(folder)) {
    const event = eventSchema.safeParse(value).data;
    if (event?.type === 'started') {
      starts.push(event.config);
      startingWeights ??= event.startingWeights;
      // Another device may have recorded those of an epoch that it did not complete.
      forgetAfter(losses, event.resumedAfter ?? 0);
    }
    if (event?.type === 'progress') {
      const steps = losses.get(event.epoch) ?? new Map<number, number>();
      losses.set(event.epoch, steps.set(event.step, event.trainLoss));
    }
    if (event?.type === 'epoch') {
      epochs.set(event.record.epoch, event.record);
      if (event.state !== undefined) states.set(event.record.epoch, event.state);
    }
  }
  return { starts, startingWeights, losses, epochs, states };
}

function forgetAfter(losses: Map<number, unknown>, completed: number): void {
  for (const epoch of losses.keys()) {
    if (epoch > completed) losses.delete(epoch);
  }
}
