import * as z from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { fraction, nonNegativeInteger } from '../core/validate.js';
import type { Scores } from '../predict/score.js';
import type { Labels } from '../data/classes.js';

const classMetricsSchema = z.object({
  /** The fraction of the images predicted as this class that belong to it; 0 if there are none. */
  precision: fraction,
  /** The fraction of this class's images that are predicted as it; 0 if there are none. */
  recall: fraction,
  /** The harmonic mean of precision and recall; 0 if both are 0. */
  f1: fraction,
  /** The number of images of this class. */
  support: nonNegativeInteger,
});

export const classificationMetricsSchema = z.object({
  /** Mean cross-entropy per image. */
  loss: z.number(),
  accuracy: fraction,
  /**
   * The mean F1 score of the classes, in which all count equally however many images they have. As in scikit-learn, a class without
   * images that is never predicted is left out.
   */
  macroF1: fraction,
  correct: nonNegativeInteger,
  total: nonNegativeInteger,
  /** `[true class][predicted class]`: numbers of images */
  confusion: z.readonly(z.array(z.readonly(z.array(nonNegativeInteger)))),
  /** In the order of the classes. */
  perClass: z.readonly(z.array(z.readonly(classMetricsSchema))),
});

/** Metrics as read from a file; earlier versions did not record the macro F1 score, which follows from the confusion matrix. */
export const savedMetricsSchema = z.pipe(
  z.pipe(
    z.object({ ...classificationMetricsSchema.shape, macroF1: z.optional(fraction) }),
    z.transform((saved) => ({ ...saved, macroF1: saved.macroF1 ?? macroF1Of(saved.confusion) })),
  ),
  classificationMetricsSchema,
);

/**
 * How well a model recognizes one class.
 *
 * @interface
 */
export type ClassMetrics = Readonly<z.infer<typeof classMetricsSchema>>;
/**
 * How well a model classifies labeled images. Accuracies are fractions.
 *
 * @interface
 */
export type ClassificationMetrics = Readonly<z.infer<typeof classificationMetricsSchema>>;

/** @param labels the true class of each scored image */
export function metricsOf(
  { losses, predictions }: Scores,
  labels: Labels,
  classes: number,
): ClassificationMetrics {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, image) => confusion[label][predictions[image]]++);
  const correct = sum(confusion.map((row, label) => row[label]));
  return {
    loss: sum(losses) / labels.length,
    accuracy: correct / labels.length,
    macroF1: macroF1Of(confusion),
    correct,
    total: labels.length,
    confusion,
    perClass: confusion.map((_, label) => classMetrics(confusion, label)),
  };
}

/**
 * The metrics of a trained model, which are recorded.
 *
 * @param labels the true class of each scored image
 * @throws {InklingError} when the loss is not finite
 */
export function finiteMetricsOf(scores: Scores, labels: Labels, classes: number): ClassificationMetrics {
  const metrics = metricsOf(scores, labels, classes);
  if (Number.isFinite(metrics.loss)) return metrics;
  throw new InklingError(
    `expected a finite loss on the labeled images, got ${metrics.loss}: the weights are too large or damaged; train again with a lower learning rate`,
  );
}

/** @param confusion `[true class][predicted class]`: numbers of images */
export function classMetrics(confusion: readonly (readonly number[])[], label: number): ClassMetrics {
  const support = sum(confusion[label]);
  const predicted = sum(confusion.map((row) => row[label]));
  const correct = confusion[label][label];
  const precision = predicted === 0 ? 0 : correct / predicted;
  const recall = support === 0 ? 0 : correct / support;
  const f1 = correct === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, support };
}

function macroF1Of(confusion: readonly (readonly number[])[]): number {
  const occurring = [...confusion.keys()].filter(
    (label) => sum(confusion[label]) > 0 || confusion.some((row) => row[label] > 0),
  );
  return sum(occurring.map((label) => classMetrics(confusion, label).f1)) / occurring.length;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
