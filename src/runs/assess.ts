import { teamOf } from '../engine/team.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Calibration } from '../predict/calibration.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { scoreImages } from '../predict/score.js';
import { type ClassificationMetrics, metricsOf } from '../train/metrics.js';
import type { TrainingTask } from '../train/task.js';
import { calibrateOnValidation } from './calibrateRun.js';
import type { PredictionRecord } from './predictionRecord.js';
import { recordPredictions } from './recordPredictions.js';

/** What is measured of a run's model after training. */
export interface Assessment {
  readonly test: ClassificationMetrics;
  readonly predictions: PredictionRecord;
  readonly calibration: Calibration;
}

/** Scores a trained model on the test images, with the run's test-time augmentation, and calibrates it. */
export async function assess(
  saved: SavedModel,
  { dataset, split, config, threads }: TrainingTask,
): Promise<Assessment> {
  const engine = teamOf(threads);
  const model = await CompiledModel.create(saved, { engine });
  const scores = await scoreImages(model, dataset.test, config.tta).finally(() => model.close());
  return {
    test: metricsOf(scores, dataset.test.labels, dataset.classes.length),
    predictions: recordPredictions(dataset, split, scores),
    calibration: await calibrateOnValidation(saved, dataset, split, engine),
  };
}
