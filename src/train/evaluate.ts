import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { InklingError } from '../core/errors.js';
import { validate } from '../core/validate.js';
import type { Dataset, ImageSet } from '../data/dataset.js';
import { matchClasses } from '../data/matchClasses.js';
import { teamOf } from '../engine/teamOf.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { hardwareThreads } from '../platform/host.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { type ScoredImages, scoreImages, type ScoreOptions } from '../predict/score.js';
import { type ViewSettings, viewsSchema } from '../predict/viewSettings.js';
import { assertFits } from './assertFits.js';
import { type ClassificationMetrics, finiteMetricsOf } from './metrics.js';
import type { Labels } from '../data/classes.js';

/** How a model is evaluated. */
export interface EvaluationOptions {
  /** Number of worker threads; by default one per core. */
  readonly threads?: number | undefined;
  /** Maximum number of images per batch; see `CompileOptions`. */
  readonly batchSize?: number | undefined;
  /** Test-time augmentation: scores the mean probabilities over several views of each image. */
  readonly tta?: Partial<ViewSettings> | undefined;
  /** Ends it after the current batch. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<EvaluationOptions> = {
  threads: kinds.count,
  batchSize: kinds.count,
  tta: kinds.object,
  signal: kinds.signal,
};

/** @throws {UsageError} for an unknown option, or one of another kind */
export function checkEvaluation(who: string, options: EvaluationOptions): void {
  checkOptions(who, options, OPTIONS);
}

/**
 * Scores a saved model on the test images of a data set, whose classes are matched by name.
 *
 * @throws {UsageError} for anything but a trained model and a data set
 * @throws {InklingError} when the model does not fit the data set, or the data set has no test images
 * @throws the signal's reason when it is aborted
 */
export async function evaluate(
  saved: SavedModel,
  dataset: Dataset,
  options: EvaluationOptions = {},
): Promise<ClassificationMetrics> {
  checkArguments('evaluate', { saved, dataset });
  checkEvaluation('evaluate', options);
  const { labels, ...scores } = await scoreSaved(saved, dataset, options);
  return finiteMetricsOf(scores, labels, saved.classes.length);
}

/** Scores of test images, with their true classes as indices into the model's classes. */
export interface ScoredTestImages extends ScoredImages {
  readonly labels: Labels;
}

/**
 * Like `evaluate`, image by image.
 *
 * @throws {InklingError} when the model does not fit the data set, or the data set has no test images
 */
export async function scoreSaved(
  saved: SavedModel,
  dataset: Dataset,
  { tta, ...options }: EvaluationOptions = {},
): Promise<ScoredTestImages> {
  const matched = matchClasses(dataset, saved.classes);
  assertFits(resolveModel(saved.model), matched);
  const { test } = matched;
  if (test.labels.length === 0) {
    throw new InklingError(`${dataset.name}: expected test images to score, got none; add some`);
  }
  const views = tta && validate(viewsSchema, tta, 'tta');
  return { ...(await scoreTrained(saved, test, { ...options, tta: views })), labels: test.labels };
}

/**
 * Scores a saved model on images of the data set that it was trained on.
 *
 * @param images with labels that are indices into the model's classes
 * @throws the signal's reason when it is aborted
 */
export async function scoreTrained(
  saved: SavedModel,
  images: ImageSet,
  { threads = hardwareThreads(), batchSize, tta, signal }: EvaluationOptions & ScoreOptions,
): Promise<ScoredImages> {
  const model = await CompiledModel.create(saved, { engine: teamOf(threads), maxBatchSize: batchSize });
  try {
    return await scoreImages(model, images, { tta, signal });
  } finally {
    await model.close();
  }
}
