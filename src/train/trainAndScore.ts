import { unlessAborted } from '../core/unlessAborted.js';
import type { Dataset } from '../data/dataset.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedModel } from '../models/resolved.js';
import { assertEveryClass } from './assertEveryClass.js';
import type { Config } from './config.js';
import { describeTraining } from './describeTraining.js';
import type { TrainingEvent } from './events.js';
import { noticesBefore } from './noticesBefore.js';
import { type FitSettings, parseFitSettings } from './settings/fitSettings.js';
import type { ClassificationMetrics } from './metrics.js';
import { scoreAndCalibrate } from './scoreAndCalibrate.js';
import type { TrainingStart } from './state/trainingStart.js';
import { trainingTask } from './task.js';
import type { TrainingHooks } from './trainingHooks.js';
import { trainModel, type TrainingResult } from './trainModel.js';

/** What to train, and what to call meanwhile. */
export interface FitOptions extends Omit<TrainingHooks, 'featureCache'>, TrainingStart {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly settings?: FitSettings | undefined;
}

/** The same, checked: with the resolved model and parsed settings. */
export interface ConfiguredFit extends Omit<FitOptions, 'model' | 'settings'> {
  readonly model: ResolvedModel;
  readonly config: Config;
}

/** What training produced. */
export interface FitResult extends Omit<TrainingResult, 'features' | 'crossFit'> {
  /** The settings with their defaults, for a report; what only applies to runs with a folder has no effect. */
  readonly config: Config;
  /** The best model's metrics on the test images; undefined if training was interrupted. */
  readonly test: ClassificationMetrics | undefined;
  /** Its predicted class of each test image; undefined likewise. */
  readonly predictions: Int32Array | undefined;
  /**
   * What to know about the training, as in its events: that its classes are imbalanced, or what went wrong without affecting the weights
   * and the score, such as why the best model is not calibrated.
   */
  readonly notices: readonly string[];
}

/**
 * Trains a model from initial weights. Validation accuracy selects the epoch; its model is calibrated on the validation images and
 * scored once on the test images.
 *
 * @throws {UsageError} for an unknown or invalid setting
 * @throws {DivergedError} when the loss becomes infinite or NaN
 * @throws {InklingError} when model and data set do not fit together, or a class lacks images
 */
export async function trainAndScore({ settings = {}, ...options }: FitOptions): Promise<FitResult> {
  const config = parseFitSettings(settings, options);
  return trainConfigured({ ...options, model: resolveModel(options.model), config });
}

/** Like `trainAndScore`, for what is checked: without what checks it, the script of a worker is smaller. */
export async function trainConfigured({
  model,
  dataset,
  config,
  ...options
}: ConfiguredFit): Promise<FitResult> {
  const startedAt = new Date().toISOString();
  const task = trainingTask(model, dataset, config);
  assertEveryClass(task);
  const notices: string[] = [];
  const onEvent = (event: TrainingEvent) => {
    if (event.type === 'notice') notices.push(event.text);
    options.onEvent?.(event);
  };
  const notify = (texts: readonly string[]) => {
    for (const text of texts) onEvent({ type: 'notice', text });
  };
  notify(noticesBefore(task));
  const { features, crossFit, ...trained } = await trainModel(task, { ...options, onEvent }, options);
  const result = {
    ...trained,
    config: { ...config, model: model.model.name, dataset: dataset.name },
  };
  const { best, epochs } = result;
  const assessed =
    best === undefined || result.stopReason === 'interrupted'
      ? undefined
      : await unlessAborted(
          options.signal,
          scoreAndCalibrate(best, task, { signal: options.signal, features, crossFit }),
        );
  if (best === undefined || assessed === undefined) {
    return { ...result, stopReason: 'interrupted', test: undefined, predictions: undefined, notices };
  }
  const { scores, test, calibration } = assessed;
  notify(assessed.notices);
  const { seed } = task.config;
  const training = describeTraining({ epochs: epochs.length, best: best.epoch, test, seed, startedAt });
  return {
    ...result,
    best: { ...best, calibration, training },
    test,
    predictions: scores.predictions,
    notices,
  };
}
