import type { Scores } from '../predict/score.js';

/** How well one class was told from the others. */
export interface ClassMetrics {
  /** Share of the images predicted as this class that are of it; 0 where none was. */
  readonly precision: number;
  /** Share of this class's images that were predicted as it; 0 where there are none. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
  /** Images of this class. */
  readonly support: number;
}

/** How well a network did on labelled images. Accuracies are fractions. */
export interface ClassificationMetrics {
  /** Mean cross-entropy an image. */
  readonly loss: number;
  readonly accuracy: number;
  readonly correct: number;
  readonly total: number;
  /** `[true class][predicted class]`: numbers of images. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassMetrics[];
}

/** @param labels the true class of each scored image */
export function metricsOf(
  { losses, predictions }: Scores,
  labels: Uint8Array,
  classes: number,
): ClassificationMetrics {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, image) => confusion[label][predictions[image]]++);
  const correct = sum(confusion.map((row, label) => row[label]));
  return {
    loss: sum(losses) / labels.length,
    accuracy: correct / labels.length,
    correct,
    total: labels.length,
    confusion,
    perClass: confusion.map((_, label) => classMetrics(confusion, label)),
  };
}

function classMetrics(confusion: readonly (readonly number[])[], label: number): ClassMetrics {
  const support = sum(confusion[label]);
  const predicted = sum(confusion.map((row) => row[label]));
  const correct = confusion[label][label];
  const precision = predicted === 0 ? 0 : correct / predicted;
  const recall = support === 0 ? 0 : correct / support;
  const f1 = correct === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, support };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
