import { concatenate } from '../core/arrays.js';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import { hasField, type Kind } from '../core/arguments/kinds.js';
import { sizeOf } from '../core/shape.js';
import { csvCell } from '../core/untrusted.js';
import type { Dataset } from '../data/dataset.js';
import { pickImages } from '../data/imageSet.js';
import { readSavedModel } from '../predict/load.js';
import { recordedTask } from '../runs/dataset/recordedTask.js';
import { readRun } from '../runs/readRun.js';
import { type EvaluationOptions, scoreTrained } from '../train/evaluate.js';
import { type ClassificationMetrics, metricsOf } from '../train/metrics.js';
import type { FoldRun } from './trainFolds.js';

/** What the model that was not trained on an image predicts for it. */
export interface OutOfFoldPrediction {
  /** The index of the image among the training images. */
  readonly image: number;
  /** The fold that contains the image, from 1. */
  readonly fold: number;
  /** Its class, as an index. */
  readonly label: number;
  readonly prediction: number;
  /** The probability of the prediction, and that of the class of the image. */
  readonly probability: number;
  readonly labelProbability: number;
  /** The cross-entropy. */
  readonly loss: number;
}

/** What is predicted for the images of all folds. */
export interface ScoredFolds {
  /** In the order of the images; those that the runs leave out are missing. */
  readonly predictions: readonly OutOfFoldPrediction[];
  /** `[images, classes]`, in the same order. */
  readonly probabilities: Float32Array;
}

/** Classifies each training image with the best epoch of the run that was validated on it. */
export async function predictFolds(
  runs: readonly FoldRun[],
  dataset: Dataset,
  { threads, signal }: Pick<EvaluationOptions, 'threads' | 'signal'>,
): Promise<ScoredFolds> {
  const classes = dataset.classes.length;
  const all: OutOfFoldPrediction[] = [];
  const rows = new Map<number, Float32Array>();
  for (const { folder, fold } of runs) {
    const saved = readSavedModel(folder);
    const { split } = recordedTask(saved, readRun(folder).config, dataset);
    const images = pickImages(dataset.train, split.validation, sizeOf(dataset.shape));
    const { losses, predictions, probabilities } = await scoreTrained(saved, images, { threads, signal });
    split.validation.forEach((image, i) => {
      const [label, prediction] = [images.labels[i], predictions[i]];
      const probabilityOf = (each: number) => probabilities[i * classes + each];
      all.push({
        image,
        fold,
        label,
        prediction,
        probability: probabilityOf(prediction),
        labelProbability: probabilityOf(label),
        loss: losses[i],
      });
      rows.set(image, probabilities.subarray(i * classes, (i + 1) * classes));
    });
  }
  all.sort((a, b) => a.image - b.image);
  return {
    predictions: all,
    probabilities: concatenate(all.map(({ image }) => rows.get(image) ?? new Float32Array(classes))),
  };
}

/** How well the images are classified together. */
export function metricsOutOfFold(
  predictions: readonly OutOfFoldPrediction[],
  { classes }: Dataset,
): ClassificationMetrics {
  const scores = {
    losses: Float32Array.from(predictions, ({ loss }) => loss),
    predictions: Int32Array.from(predictions, ({ prediction }) => prediction),
  };
  const labels = Uint16Array.from(predictions, ({ label }) => label);
  return metricsOf(scores, labels, classes.length);
}

const PREDICTIONS: Kind = {
  what: 'the out-of-fold predictions of summarizeFolds',
  accepts: (value) => Array.isArray(value) && value.every((each) => hasField(each, 'labelProbability')),
};

/**
 * A CSV table with one row per training image (RFC 4180): its index, its file if there is one, its class, what the model that was not
 * trained on it predicts, the probabilities of both, and the fold that contains the image.
 *
 * @param dataset on which the runs were trained
 * @throws {UsageError} for anything else
 */
export function outOfFoldCsv(dataset: Dataset, predictions: readonly OutOfFoldPrediction[]): string {
  checkArguments('outOfFoldCsv', { dataset });
  checkValues('outOfFoldCsv', { predictions }, { predictions: PREDICTIONS });
  const { classes, imageFiles } = dataset;
  const header = ['image', 'file', 'label', 'prediction', 'probability', 'label probability', 'fold'];
  const rows = predictions.map(({ image, label, prediction, probability, labelProbability, fold }) => [
    String(image),
    imageFiles?.files.train[image] ?? '',
    classes[label],
    classes[prediction],
    probability.toFixed(6),
    labelProbability.toFixed(6),
    String(fold),
  ]);
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}
