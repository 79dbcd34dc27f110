import { checkArguments } from '../../core/arguments/checkArguments.js';
import type { Dataset } from '../../data/dataset.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { checkEvaluation, type EvaluationOptions, scoreSaved } from '../../train/evaluate.js';
import { type ClassificationMetrics, finiteMetricsOf } from '../../train/metrics.js';
import { detailedMetrics, type DetailedMetrics } from './detailedMetrics.js';

/** The metrics of a model, also those of its probabilities. */
export interface DetailedEvaluation extends ClassificationMetrics {
  readonly details: DetailedMetrics;
}

/**
 * Like `evaluate`, with the metrics of the predicted probabilities, which are calibrated if the model is.
 *
 * @throws {UsageError} for anything but a trained model and a data set
 * @throws {InklingError} when the model does not fit the data set, or the data set has no test images
 * @throws the signal's reason when it is aborted
 */
export async function evaluateInDetail(
  saved: SavedModel,
  dataset: Dataset,
  options: EvaluationOptions = {},
): Promise<DetailedEvaluation> {
  checkArguments('evaluateInDetail', { saved, dataset });
  checkEvaluation('evaluateInDetail', options);
  const { labels, ...scores } = await scoreSaved(saved, dataset, options);
  return {
    ...finiteMetricsOf(scores, labels, saved.classes.length),
    details: detailedMetrics(scores.probabilities, labels, { temperature: saved.calibration?.temperature }),
  };
}
