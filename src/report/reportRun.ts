import { basename } from 'node:path';
import { InklingError } from '../core/errors.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { readSavedModel } from '../predict/load.js';
import type { Config } from '../train/config.js';
import type { PredictionRecord } from '../runs/predictionRecord.js';
import type { ClassificationMetrics } from '../train/metrics.js';
import { readPredictionRecord, readRun } from '../runs/readRun.js';
import type { RunSummary } from '../runs/runSummary.js';
import { extractFeatures, type LearnedFeatures } from './features.js';

/** Everything that a report needs to know about a run. */
export interface ReportRun {
  /** The name of the run folder. */
  readonly name: string;
  readonly config: Config;
  readonly summary: RunSummary;
  readonly test: ClassificationMetrics;
  readonly predictionRecord: PredictionRecord;
  readonly saved: SavedModel;
  readonly features: LearnedFeatures;
}

/**
 * @throws {InklingError} if the folder is not a run, the run has no test results, or another version of Inkling wrote its
 * records
 */
export async function readReportRun(folder: string): Promise<ReportRun> {
  const { config, summary } = readRun(folder);
  if (summary?.test === undefined) {
    throw new InklingError(
      `run "${folder}": expected a finished run with test results, got a run that ${stateOf(summary, config)}; train it again`,
    );
  }
  const predictionRecord = readPredictionRecord(folder);
  const saved = readSavedModel(folder);
  const features = await extractFeatures(saved, predictionRecord);
  return { name: basename(folder), config, summary, test: summary.test, predictionRecord, saved, features };
}

function stateOf(summary: RunSummary | undefined, { epochs }: Config): string {
  if (summary === undefined) return 'is still in progress or was killed';
  const { stopReason, epochs: finished } = summary;
  const verb = stopReason === 'interrupted' ? 'was interrupted' : stopReason;
  return `${verb} after ${finished.length} of ${epochs} epochs`;
}
