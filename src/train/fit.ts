import type { Dataset } from '../data/dataset.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import { assertEveryClass } from './assertEveryClass.js';
import { parseConfig, type PartialConfig } from './config.js';
import { scoreSaved } from './evaluate.js';
import { type ClassificationMetrics, finiteMetricsOf } from './metrics.js';
import { trainingTask } from './task.js';
import { trainModel, type TrainingHooks, type TrainingResult } from './trainModel.js';
import type { TrainingStart } from './state/trainingStart.js';

/** The settings of a training; the defaults are the report's. */
export type FitSettings = Omit<PartialConfig, 'model' | 'dataset' | 'dataDir' | 'runDir' | 'name'>;

export interface FitResult extends TrainingResult {
  /** The best model's metrics on the test images; undefined if training was interrupted. */
  readonly test: ClassificationMetrics | undefined;
  /** Its predicted class of each test image; undefined likewise. */
  readonly predictions: Int32Array | undefined;
}

/**
 * Trains a model from initial weights. Validation accuracy selects the epoch; its model is scored once on the test images.
 *
 * @throws {DivergedError} when the loss becomes infinite or NaN
 * @throws {InklingError} when model and data set do not fit together, or a class lacks images
 */
export async function fit(
  model: Model,
  dataset: Dataset,
  settings: FitSettings = {},
  hooks: TrainingHooks = {},
  start: TrainingStart = {},
): Promise<FitResult> {
  const task = trainingTask(resolveModel(model), dataset, parseConfig(settings));
  assertEveryClass(task);
  const result = await trainModel(task, hooks, start);
  if (result.best === undefined || result.stopReason === 'interrupted') {
    return { ...result, test: undefined, predictions: undefined };
  }
  const { threads, config } = task;
  const scores = await scoreSaved(result.best, dataset, { threads, tta: config.tta });
  const test = finiteMetricsOf(scores, dataset.test.labels, dataset.classes.length);
  return { ...result, test, predictions: scores.predictions };
}
