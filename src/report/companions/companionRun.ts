import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { readRecordedEvents } from '../../runs/eventLog.js';
import type { PredictionRecord } from '../../runs/predictionRecord.js';
import { readPredictionRecord, readRun, type RunRecord } from '../../runs/readRun.js';
import type { RunSummary } from '../../runs/runSummary.js';
import { progressSchema } from '../../train/events.js';
import type { ClassificationMetrics } from '../../train/metrics.js';

/** What companion files state of a run. */
export interface CompanionRun extends Pick<RunRecord, 'config'> {
  readonly name: string;
  readonly summary: RunSummary;
  readonly test: ClassificationMetrics;
  readonly predictionRecord: PredictionRecord;
  readonly progress: readonly StepProgress[];
}

/** The progress of training after some of its steps. */
export interface StepProgress {
  /** In seconds since 1970. */
  readonly time: number;
  /** Counted over all epochs. */
  readonly step: number;
  /** Over the epoch so far. */
  readonly trainLoss: number;
  readonly imagesPerSecond: number;
}

const progressEventSchema = z.object({
  ...progressSchema.shape,
  type: z.literal('progress'),
  time: z.string(),
});

/** @throws {InklingError} if the folder is not a run with test results, or its records are damaged */
export function readCompanionRun(folder: string): CompanionRun {
  const { config, summary } = readRun(folder);
  if (summary?.test === undefined) {
    throw new InklingError(
      `run "${folder}": expected a finished run with test results, got one without; train it again`,
    );
  }
  return {
    name: basename(resolve(folder)),
    config,
    summary,
    test: summary.test,
    predictionRecord: readPredictionRecord(folder),
    // The steps of a last layer that is trained alone first are recorded in the same way.
    progress: config.fineTune === undefined ? readProgress(folder) : [],
  };
}

/** In order; steps that were repeated when the run was resumed have the same results. */
function readProgress(folder: string): StepProgress[] {
  const found = new Map<number, StepProgress>();
  for (const value of readRecordedEvents(folder)) {
    const event = progressEventSchema.safeParse(value).data;
    if (event === undefined) continue;
    const { epoch, steps, trainLoss, imagesPerSecond } = event;
    const step = (epoch - 1) * steps + event.step;
    found.set(step, { time: Date.parse(event.time) / 1000, step, trainLoss, imagesPerSecond });
  }
  return [...found.values()].sort((a, b) => a.step - b.step);
}
