import { basename } from 'node:path';
import { InklingError } from '../core/errors.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { readSavedModel } from '../predict/load.js';
import type { Config } from '../train/config.js';
import type { PredictionRecord } from '../runs/predictionRecord.js';
import type { ClassificationMetrics } from '../train/metrics.js';
import { readPredictionRecord, readRun } from '../runs/readRun.js';
import type { RunSummary } from '../runs/runSummary.js';
import { type Insight, insightOf } from './insight.js';

/** All that a report needs of a run. */
export interface ReportRun {
  /** Of its folder. */
  readonly name: string;
  readonly config: Config;
  readonly summary: RunSummary;
  readonly test: ClassificationMetrics;
  readonly evidence: PredictionRecord;
  readonly saved: SavedModel;
  readonly insight: Insight;
}

/** @throws {InklingError} when it is no run, one without test scores, or one that another version wrote */
export async function readReportRun(folder: string): Promise<ReportRun> {
  const { config, summary } = readRun(folder);
  if (summary?.test === undefined) {
    const how =
      summary === undefined
        ? 'it goes on still, or was killed'
        : `it was ${summary.stopReason} after ${summary.epochs.length} of ${config.epochs} epochs`;
    throw new InklingError(
      `run "${folder}": has no test scores to report: ${how}; expected a finished run: train it again`,
    );
  }
  const evidence = readPredictionRecord(folder);
  const saved = readSavedModel(folder);
  const insight = await insightOf(saved, evidence);
  return { name: basename(folder), config, summary, test: summary.test, evidence, saved, insight };
}
