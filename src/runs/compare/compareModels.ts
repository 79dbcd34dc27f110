import { checkArguments, checkArray } from '../../core/arguments/checkArguments.js';
import type { Dataset } from '../../data/dataset.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { resolveModel } from '../../models/resolve.js';
import { checkEvaluation, type EvaluationOptions, scoreSaved } from '../../train/evaluate.js';
import { metricsOf } from '../../train/metrics.js';
import { comparePredictions, type PairedComparison } from './comparePredictions.js';

/** A model in a comparison. */
export interface ComparedModel {
  readonly model: string;
  /** On the test images, from 0 to 1. */
  readonly accuracy: number;
  /** The mean F1 score of the classes, from 0 to 1. */
  readonly macroF1: number;
  /** The number of test images that it classifies correctly. */
  readonly correct: number;
  readonly parameters: number;
  /** Per image. */
  readonly multiplyAdds: number;
}

/** The paired results of two models, as indices into the models that were compared. */
export interface ModelPair extends PairedComparison {
  readonly first: number;
  readonly second: number;
}

/** Several models on the same test images, each alone and in pairs. */
export interface ModelComparison {
  readonly models: readonly ComparedModel[];
  readonly pairs: readonly ModelPair[];
}

/** A model to compare, and how it is evaluated. */
export interface ModelToCompare {
  readonly saved: SavedModel;
  readonly options: EvaluationOptions;
}

/**
 * Evaluates several models on the same test images, and compares each pair by McNemar's exact test.
 *
 * @throws {UsageError} for anything but trained models and a data set
 * @throws {InklingError} when a model does not fit the data set, or it has no test images
 */
export async function compareModels(
  models: readonly SavedModel[],
  dataset: Dataset,
  options: EvaluationOptions = {},
): Promise<ModelComparison> {
  checkArray('compareModels: models', models, 'trained models');
  models.forEach((saved, index) => {
    checkArguments(`compareModels: models[${index}]`, { saved });
  });
  checkArguments('compareModels', { dataset });
  checkEvaluation('compareModels', options);
  return compareEach(
    models.map((saved) => ({ saved, options })),
    dataset,
  );
}

/**
 * Like `compareModels`, with options for each model.
 *
 * @throws {InklingError} likewise
 */
export async function compareEach(
  given: Iterable<ModelToCompare>,
  dataset: Dataset,
): Promise<ModelComparison> {
  const models: ComparedModel[] = [];
  const answers: Int32Array[] = [];
  for (const { saved, options } of given) {
    const { labels, ...scores } = await scoreSaved(saved, dataset, options);
    const { accuracy, macroF1, correct } = metricsOf(scores, labels, saved.classes.length);
    const { parameterCount: parameters, multiplyAdds } = resolveModel(saved.model);
    models.push({ model: saved.model.name, accuracy, macroF1, correct, parameters, multiplyAdds });
    // Models may list their classes in different orders.
    const classOf = saved.classes.map((name) => dataset.classes.indexOf(name));
    answers.push(scores.predictions.map((prediction) => classOf[prediction]));
  }
  const pairs = answers.flatMap((ofFirst, first) =>
    answers.slice(first + 1).map((ofSecond, offset) => ({
      first,
      second: first + 1 + offset,
      ...comparePredictions(ofFirst, ofSecond, dataset.test.labels),
    })),
  );
  return { models, pairs };
}
