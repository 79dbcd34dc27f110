import { teamOf } from '../engine/team.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { scoreImages } from '../predict/score.js';
import { tryCalibrating } from '../train/calibrateOnValidation.js';
import { type ClassificationMetrics, finiteMetricsOf } from '../train/metrics.js';
import type { TrainingTask } from '../train/task.js';
import type { PredictionRecord } from './predictionRecord.js';
import { recordPredictions } from './recordPredictions.js';

/** What the summary of a run states about its model. */
export interface Measured {
  /** The metrics on the test images. */
  readonly test: ClassificationMetrics;
  /** Undefined if calibrating failed, which a notice states. */
  readonly calibration: Calibration | undefined;
  /** What went wrong without affecting the score. */
  readonly notices?: readonly string[];
}

/** What is measured of a run's model after training. */
export interface Assessment extends Measured {
  readonly predictions: PredictionRecord;
}

/**
 * Scores a trained model on the test images, with the run's test-time augmentation, and calibrates it.
 *
 * @throws {InklingError} when the images cannot be scored
 * @throws the signal's reason when it is aborted
 */
export async function assess(
  saved: SavedModel,
  { dataset, split, config, threads }: TrainingTask,
  signal?: AbortSignal,
): Promise<Assessment> {
  const engine = teamOf(threads);
  const model = await CompiledModel.create(saved, { engine });
  const scores = await scoreImages(model, dataset.test, { tta: config.tta, signal }).finally(() =>
    model.close(),
  );
  const test = finiteMetricsOf(scores, dataset.test.labels, dataset.classes.length);
  const predictions = recordPredictions(dataset, split, scores);
  const { calibration, notices } = await tryCalibrating(saved, dataset, split, { engine, signal });
  return { test, predictions, calibration, ...(notices.length > 0 && { notices }) };
}
