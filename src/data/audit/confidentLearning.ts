import { checkOptions, checkValues, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { listOf } from '../../core/arguments/records.js';
import { InklingError, UsageError } from '../../core/errors.js';
import { countClasses } from '../classes.js';

/** What models that were not trained on them say about labeled images. */
export interface LabeledPredictions {
  /** `[images]`, each an index into the classes */
  readonly labels: ArrayLike<number>;
  /** `[images, classes]`; each image's add up to 1. */
  readonly probabilities: ArrayLike<number>;
  /** The number of classes. */
  readonly classes: number;
}

/** An image whose label is probably wrong. */
export interface LabelError {
  /** Its index among the labeled images. */
  readonly image: number;
  readonly label: number;
  /** The class that it probably belongs to. */
  readonly suggested: number;
  /** The predicted probability of the suggested class. */
  readonly confidence: number;
  /** That of its label. */
  readonly labelConfidence: number;
}

/** What confident learning finds. */
export interface ConfidentLearning {
  /** The images whose label is probably wrong; those with the largest difference between the two probabilities first. */
  readonly errors: readonly LabelError[];
  /** `[classes]`, from which probability on an image counts as one of the class: the mean over the images with its label. */
  readonly thresholds: readonly number[];
  /** `[label, class]`: how many images with a label count as one of a class; those that count as none are left out. */
  readonly confidentJoint: readonly (readonly number[])[];
  /** The estimated fraction of wrong labels. */
  readonly noise: number;
}

/** What functions for label errors take. */
export const LABEL_ERRORS = listOf(
  'label errors',
  ['image', 'label', 'suggested'],
  '(await findLabelErrors(dataset)).errors',
);

/** Probabilities this much below a threshold reach it, as in cleanlab. */
const ROUNDING = 1e-6;

const OPTIONS: OptionKinds<LabeledPredictions> = {
  labels: kinds.object,
  probabilities: kinds.object,
  classes: kinds.count,
};

/**
 * Finds images whose label is probably wrong. An image counts as one of a class if its predicted probability is at least the mean over the
 * images with this label; of several classes, the most probable one counts. Of the images with a label, the fraction that counts as another
 * class estimates how many labels are wrong: as many are selected, those whose label is predicted with the lowest probability, unless
 * it is the prediction. Source: Northcutt, Jiang, and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 70,
 * 2021, with "prune by class".
 *
 * @param predictions by models that were not trained on the image: one that was trained on a wrong label predicts it
 * @throws {UsageError} for arguments of another kind or size
 * @throws {InklingError} when a class has no images
 */
export function confidentLearning(predictions: LabeledPredictions): ConfidentLearning {
  const who = 'confidentLearning';
  checkOptions(who, predictions, OPTIONS, '{ labels, probabilities, classes: 10 }');
  checkValues(who, { ...predictions }, OPTIONS);
  checkSizes(predictions);
  const { labels, classes } = predictions;
  const counts = countClasses(Array.from(labels), classes);
  const thresholds = thresholdsOf(predictions, counts);
  const confidentJoint = countConfident(predictions, thresholds);
  const wrong = confidentJoint.map((row, label) => counts[label] * wrongFraction(row, label));
  const errors = wrong.flatMap((count, label) => leastConfident(predictions, label, Math.round(count)));
  // Stable, so that images with the same difference keep their order.
  errors.sort((a, b) => marginOf(a) - marginOf(b));
  const noise = wrong.reduce((sum, count) => sum + count, 0) / labels.length;
  return { errors, thresholds, confidentJoint, noise };
}

function checkSizes({ labels, probabilities, classes }: LabeledPredictions): void {
  if (probabilities.length !== labels.length * classes || labels.length === 0) {
    throw new UsageError(
      `confidentLearning: expected ${labels.length} labels × ${classes} classes = ${labels.length * classes} probabilities, at least one, got ${probabilities.length}; pass those of all labeled images`,
    );
  }
  for (let image = 0; image < labels.length; image++) {
    if (Number.isInteger(labels[image]) && labels[image] >= 0 && labels[image] < classes) continue;
    throw new UsageError(
      `confidentLearning: labels[${image}]: expected the index of one of ${classes} classes, got ${labels[image]}; number the classes from 0`,
    );
  }
}

function thresholdsOf(
  { labels, probabilities, classes }: LabeledPredictions,
  counts: readonly number[],
): number[] {
  const sums = new Float64Array(classes);
  for (let image = 0; image < labels.length; image++) {
    sums[labels[image]] += probabilities[image * classes + labels[image]];
  }
  const empty = counts.indexOf(0);
  if (empty !== -1) {
    throw new InklingError(
      `confidentLearning: expected images of each class, got none of class ${empty}; leave it out of the classes`,
    );
  }
  return counts.map((count, label) => sums[label] / count);
}

/** How many images with each label count as one of each class. */
function countConfident(
  { labels, probabilities, classes }: LabeledPredictions,
  thresholds: readonly number[],
): number[][] {
  const joint = thresholds.map(() => new Array<number>(classes).fill(0));
  for (let image = 0; image < labels.length; image++) {
    let counted: number | undefined;
    for (const [label, threshold] of thresholds.entries()) {
      const probability = probabilities[image * classes + label];
      if (probability < threshold - ROUNDING) continue;
      if (counted === undefined || probability > probabilities[image * classes + counted]) counted = label;
    }
    if (counted !== undefined) joint[labels[image]][counted] += 1;
  }
  return joint;
}

/** The fraction of the images with a label that count as another class. At least one is taken to be right. */
function wrongFraction(row: readonly number[], label: number): number {
  const right = Math.max(1, row[label]);
  const wrong = row.reduce((sum, count) => sum + count, 0) - row[label];
  return wrong / (right + wrong);
}

/** Of the images with a label, those whose label is predicted with the lowest probability, without those for which it is the prediction. */
function leastConfident(
  { labels, probabilities, classes }: LabeledPredictions,
  label: number,
  count: number,
): LabelError[] {
  const labeled: LabelError[] = [];
  for (let image = 0; image < labels.length; image++) {
    if (labels[image] !== label) continue;
    const at = image * classes;
    let suggested = 0;
    for (let other = 1; other < classes; other++) {
      if (probabilities[at + other] > probabilities[at + suggested]) suggested = other;
    }
    const [confidence, labelConfidence] = [probabilities[at + suggested], probabilities[at + label]];
    labeled.push({ image, label, suggested, confidence, labelConfidence });
  }
  return labeled
    .sort((a, b) => a.labelConfidence - b.labelConfidence)
    .slice(0, count)
    .filter(({ suggested }) => suggested !== label);
}

function marginOf({ confidence, labelConfidence }: LabelError): number {
  return labelConfidence - confidence;
}
