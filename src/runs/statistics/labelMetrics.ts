import { classMetrics, type ClassMetrics } from '../../train/metrics.js';

/** Precision, recall, and F1 score, each averaged over the classes. */
export type ClassAverages = Omit<ClassMetrics, 'support'>;

/** What follows from the predicted classes alone. */
export interface LabelMetrics {
  readonly accuracy: number;
  /** Every class counts equally. */
  readonly macro: ClassAverages;
  /** Every class counts by its number of images. */
  readonly weighted: ClassAverages;
  /** The mean recall of the classes that have images. */
  readonly balancedAccuracy: number;
  /** Agreement beyond that of independent labels with the same frequencies; undefined if that is already certain. */
  readonly cohensKappa: number | undefined;
  /** Matthews' correlation coefficient; 0 if only one class occurs or is predicted. */
  readonly matthewsCorrelation: number;
}

/**
 * Metrics of predicted classes. As in scikit-learn, a ratio without images is 0, and a class that neither occurs nor is predicted is left
 * out of the averages. Sources: Cohen, "A coefficient of agreement for nominal scales", 1960; Gorodkin, "Comparing two K-category assignments
 * by a K-category correlation coefficient", 2004; Brodersen et al., "The balanced accuracy and its posterior distribution", ICPR 2010.
 *
 * @param confusion `[true class][predicted class]`: numbers of images
 */
export function labelMetricsOf(confusion: readonly (readonly number[])[]): LabelMetrics {
  const labels = [...confusion.keys()];
  const scores = labels.map((label) => classMetrics(confusion, label));
  const supports = scores.map(({ support }) => support);
  const predicted = labels.map((label) => sum(confusion.map((row) => row[label])));
  const total = sum(supports);
  const correct = sum(labels.map((label) => confusion[label][label]));
  const present = labels.filter((label) => supports[label] > 0 || predicted[label] > 0);
  const averages = (weightOf: (label: number) => number): ClassAverages => {
    const of = (score: keyof ClassAverages) =>
      ratio(sum(present.map((label) => weightOf(label) * scores[label][score])), sum(present.map(weightOf)));
    return { precision: of('precision'), recall: of('recall'), f1: of('f1') };
  };
  const occurring = labels.filter((label) => supports[label] > 0);
  const product = sum(labels.map((label) => supports[label] * predicted[label]));
  const squares = (counts: readonly number[]) => sum(counts.map((count) => count ** 2));
  const spread = Math.sqrt((total ** 2 - squares(predicted)) * (total ** 2 - squares(supports)));
  const chance = product / total ** 2;
  return {
    accuracy: correct / total,
    macro: averages(() => 1),
    weighted: averages((label) => supports[label]),
    balancedAccuracy: sum(occurring.map((label) => scores[label].recall)) / occurring.length,
    cohensKappa: chance === 1 ? undefined : (correct / total - chance) / (1 - chance),
    matthewsCorrelation: ratio(correct * total - product, spread),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
