import type { Dataset } from '../data/dataset.js';
import { teamOf } from '../engine/team.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { hardwareThreads } from '../platform/node.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { type ScoredImages, scoreImages } from '../predict/score.js';
import type { ViewSettings } from '../predict/views.js';
import { assertFits } from './assertFits.js';
import { type ClassificationMetrics, metricsOf } from './metrics.js';

export interface EvaluationOptions {
  /** Number of worker threads; by default one per core. */
  readonly threads?: number | undefined;
  /** Maximum number of images per batch; see `CompileOptions`. */
  readonly batchSize?: number | undefined;
  /** Test-time augmentation: scores the mean probabilities over several views of each image. */
  readonly tta?: ViewSettings | undefined;
}

/**
 * Scores a saved model on the test images of a data set.
 *
 * @throws {InklingError} when the model does not fit the data set
 */
export async function evaluate(
  saved: SavedModel,
  dataset: Dataset,
  options: EvaluationOptions = {},
): Promise<ClassificationMetrics> {
  const scores = await scoreSaved(saved, dataset, options);
  return metricsOf(scores, dataset.test.labels, dataset.classes.length);
}

/**
 * Like `evaluate`, image by image.
 *
 * @throws {InklingError} when the model does not fit the data set
 */
export async function scoreSaved(
  saved: SavedModel,
  dataset: Dataset,
  { threads = hardwareThreads(), batchSize, tta }: EvaluationOptions = {},
): Promise<ScoredImages> {
  assertFits(resolveModel(saved.model), dataset);
  const model = await CompiledModel.create(saved, { engine: teamOf(threads), maxBatchSize: batchSize });
  try {
    return await scoreImages(model, dataset.test, tta);
  } finally {
    await model.close();
  }
}
