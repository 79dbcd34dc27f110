import { unlessAborted } from '../core/unlessAborted.js';
import type { Dataset } from '../data/dataset.js';
import { teamOf } from '../engine/team.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { assertEveryClass } from './assertEveryClass.js';
import { tryCalibrating } from './calibrateOnValidation.js';
import { describeTraining } from './describeTraining.js';
import { scoreSaved } from './evaluate.js';
import { type FitSettings, parseFitSettings } from './fitSettings.js';
import { type ClassificationMetrics, finiteMetricsOf } from './metrics.js';
import type { TrainingStart } from './state/trainingStart.js';
import { type TrainingTask, trainingTask } from './task.js';
import { trainModel, type TrainingHooks, type TrainingResult } from './trainModel.js';

/** What to train, and what to call meanwhile. */
export interface FitOptions extends TrainingHooks, TrainingStart {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly settings?: FitSettings | undefined;
}

/** What training produced. */
export interface FitResult extends TrainingResult {
  /** The best model's metrics on the test images; undefined if training was interrupted. */
  readonly test: ClassificationMetrics | undefined;
  /** Its predicted class of each test image; undefined likewise. */
  readonly predictions: Int32Array | undefined;
  /** What went wrong without affecting the weights and the score, such as why the best model is not calibrated. */
  readonly notices: readonly string[];
}

/**
 * Trains a model from initial weights. Validation accuracy selects the epoch; its model is calibrated on the validation images and
 * scored once on the test images.
 *
 * @throws {DivergedError} when the loss becomes infinite or NaN
 * @throws {InklingError} when model and data set do not fit together, or a class lacks images
 */
export async function trainAndScore({
  model,
  dataset,
  settings = {},
  ...options
}: FitOptions): Promise<FitResult> {
  const startedAt = new Date().toISOString();
  const task = trainingTask(resolveModel(model), dataset, parseFitSettings(settings, options));
  assertEveryClass(task);
  const result = await trainModel(task, options, options);
  const { best, epochs } = result;
  const assessed =
    best === undefined || result.stopReason === 'interrupted'
      ? undefined
      : await unlessAborted(options.signal, assess(best, task, options.signal));
  if (best === undefined || assessed === undefined) {
    return { ...result, stopReason: 'interrupted', test: undefined, predictions: undefined, notices: [] };
  }
  const { calibration, ...scored } = assessed;
  const { seed } = task.config;
  const training = describeTraining({ epochs: epochs.length, best, test: scored.test, seed, startedAt });
  return { ...result, ...scored, best: { ...best, calibration, training } };
}

/** Scores the best model on the test images, and calibrates it. */
async function assess(
  best: SavedModel,
  { dataset, config, split, threads }: TrainingTask,
  signal?: AbortSignal,
) {
  const scores = await scoreSaved(best, dataset, { threads, tta: config.tta, signal });
  const test = finiteMetricsOf(scores, dataset.test.labels, dataset.classes.length);
  const calibrated = await tryCalibrating(best, dataset, split, { engine: teamOf(threads), signal });
  return { test, predictions: scores.predictions, ...calibrated };
}
