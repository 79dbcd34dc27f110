import type { SavedModel } from '../../interop/checkpoint.js';
import type { Calibration } from '../../interop/calibrationRecord.js';
import type { ClassificationMetrics } from '../../train/metrics.js';
import { type AssessmentOptions, scoreAndCalibrate } from '../../train/scoreAndCalibrate.js';
import type { TrainingTask } from '../../train/task.js';
import type { PredictionRecord } from '../predictionRecord.js';
import { recordPredictions } from '../recordPredictions.js';

/** What the summary of a run states about its model. */
export interface Measured {
  /** The metrics on the test images. */
  readonly test: ClassificationMetrics;
  /** Undefined if calibrating failed, which a notice states. */
  readonly calibration: Calibration | undefined;
}

/** What is measured of a run's model after training. */
export interface Assessment extends Measured {
  readonly predictions: PredictionRecord;
  /** What went wrong without affecting the score. */
  readonly notices: readonly string[];
}

/**
 * Scores and calibrates a run's model, and selects the predictions to record.
 *
 * @throws {InklingError} when the images cannot be scored
 * @throws the signal's reason when it is aborted
 */
export async function assess(
  saved: SavedModel,
  task: TrainingTask,
  options: AssessmentOptions,
): Promise<Assessment> {
  const { scores, test, calibration, notices } = await scoreAndCalibrate(saved, task, options);
  const predictions = recordPredictions(task.dataset, task.split, scores);
  return { test, predictions, calibration, notices };
}
