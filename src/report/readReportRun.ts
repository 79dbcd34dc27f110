import { basename } from 'node:path';
import { InklingError } from '../core/errors.js';
import { readSavedModel } from '../predict/load.js';
import { readMeasurement } from '../runs/measurements/measurement.js';
import { isFinished, readPredictionRecord, readRun } from '../runs/readRun.js';
import type { RunSummary } from '../runs/runSummary.js';
import { readVerification } from '../runs/verify/verificationFile.js';
import type { Config } from '../train/config.js';
import { explainExamples } from './explanations.js';
import { extractFeatures } from './features.js';
import type { ReportRun } from './reportRun.js';

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
  return {
    name: basename(folder),
    config,
    // The summary lacks what only predictions need, such as the threshold of the familiarity.
    summary: { ...summary, calibration: saved.calibration ?? summary.calibration },
    test: summary.test,
    predictionRecord,
    saved,
    features: await extractFeatures(saved, predictionRecord),
    explanations: await explainExamples(saved, predictionRecord),
    verification: readVerification(folder) ?? null,
    robustness: readMeasurement(folder, 'robustness'),
    embedding: readMeasurement(folder, 'embedding'),
  };
}

function stateOf(summary: RunSummary | undefined, { epochs, fold }: Config): string {
  if (summary === undefined) return 'is still in progress or was killed';
  const { stopReason, epochs: finished } = summary;
  if (fold !== undefined) return 'is a fold of a cross-validation, which scores none';
  if (isFinished(stopReason)) return 'is a trial of a sweep, which scores only the best one';
  const verb = stopReason === 'interrupted' ? 'was interrupted' : stopReason;
  return `${verb} after ${finished.length} of ${epochs} epochs`;
}
