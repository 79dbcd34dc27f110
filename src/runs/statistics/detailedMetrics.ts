import { checkOptions, checkValues } from '../../core/arguments/checkOptions.js';
import type { Kind } from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import { meanRoc, type Point, rankingCurves, separateScores, thinned } from './curves.js';
import { labelMetricsOf, type LabelMetrics } from './labelMetrics.js';
import { probabilityScores, type ProbabilityScores } from './reliability.js';
import { type RiskCoverage, riskCoverage } from './riskCoverage.js';
import { scaleProbabilities } from './temperature.js';

/** The area under a curve for each class against the others, their mean, and that of all decisions together. */
export interface CurveAreas {
  /** Undefined for classes that no image, or every image, belongs to. */
  readonly perClass: readonly (number | undefined)[];
  /** The mean of those that are defined; undefined if none is. */
  readonly macro: number | undefined;
  /** Of the probabilities of all images and classes as one ranking. */
  readonly micro: number | undefined;
}

/** Curves of some hundred points, for drawing. */
export interface DrawnCurves {
  readonly macro: readonly Point[];
  readonly micro: readonly Point[];
  /** One per class; empty where the area is undefined. */
  readonly perClass: readonly (readonly Point[])[];
}

/** Metrics of predicted probabilities, beyond those in `ClassificationMetrics`. */
export interface DetailedMetrics extends LabelMetrics {
  /** The share of the images whose true class is among the `k` most likely; fewer than the classes. */
  readonly topK: readonly { readonly k: number; readonly accuracy: number }[];
  readonly rocAuc: CurveAreas;
  /** The area under the precision-recall curve as a step function. */
  readonly averagePrecision: CurveAreas;
  readonly roc: DrawnCurves;
  /** Without a macro average. */
  readonly precisionRecall: Omit<DrawnCurves, 'macro'>;
  /** Of the probabilities as the network computes them. */
  readonly uncalibrated: ProbabilityScores;
  /** Of the calibrated probabilities, which all other metrics are computed from; undefined without a calibration. */
  readonly calibrated: (ProbabilityScores & { readonly temperature: number }) | undefined;
  /** With a curve of at most some hundred points. */
  readonly riskCoverage: RiskCoverage;
}

/** How probabilities were calibrated. */
export interface DetailedMetricsOptions {
  /** That of the calibration. */
  readonly temperature?: number | undefined;
}

const TOP_K = [2, 3, 5];
const MAX_POINTS = 200;

const NUMBERS = (what: string): Kind => ({
  what,
  accepts: (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)),
});

/**
 * Metrics of predicted probabilities: top-k accuracy, averages over the classes, agreement beyond chance, ROC and precision-recall
 * curves of each class against the others, proper scores, calibration, and the risk-coverage curve.
 *
 * @param probabilities `[images, classes]`, as the network computes them
 * @param labels `[images]`: the true classes
 * @throws {UsageError} for anything else
 */
export function detailedMetrics(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: DetailedMetricsOptions = {},
): DetailedMetrics {
  const classes = classesOf(probabilities, labels, options);
  const { temperature } = options;
  const plain = Float64Array.from(probabilities);
  const used = temperature === undefined ? plain : scaleProbabilities(plain, classes, temperature);
  const { ranks, predictions, confidences } = rankTrueClasses(used, labels, classes);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  predictions.forEach((predicted, image) => confusion[labels[image]][predicted]++);
  const selective = riskCoverage(confidences, (image) => predictions[image] === labels[image]);
  const shareWithin = (k: number) => ranks.filter((rank) => rank < k).length / labels.length;
  return {
    ...labelMetricsOf(confusion),
    topK: TOP_K.filter((k) => k < classes).map((k) => ({ k, accuracy: shareWithin(k) })),
    ...curvesOf(used, labels, classes),
    uncalibrated: probabilityScores(plain, labels, classes),
    calibrated:
      temperature === undefined ? undefined : { temperature, ...probabilityScores(used, labels, classes) },
    riskCoverage: { ...selective, curve: thinned(selective.curve, MAX_POINTS) },
  };
}

function classesOf(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: DetailedMetricsOptions,
): number {
  checkValues(
    'detailedMetrics',
    { probabilities, labels },
    { probabilities: NUMBERS('an array of probabilities'), labels: NUMBERS('an array of class indices') },
  );
  checkOptions('detailedMetrics', options, {
    temperature: {
      what: 'a number above 0',
      accepts: (value) => Number.isFinite(value) && Number(value) > 0,
    },
  });
  const classes = probabilities.length / labels.length;
  const isPossible = Number.isInteger(classes) && classes >= 2;
  const wrong = isPossible
    ? Array.from(labels).findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes))
    : -1;
  if (isPossible && wrong === -1) return classes;
  const got = isPossible
    ? `the class ${labels[wrong]} at index ${wrong}, of ${classes} classes`
    : `${probabilities.length} probabilities for ${labels.length} labels`;
  throw new UsageError(
    `detailedMetrics: expected at least one image, and for each image a probability of each of two or more classes, got ${got}; pass the probabilities of the labeled images`,
  );
}

/** How many classes are more likely than the true one; of equally likely classes, the first comes first. */
function rankTrueClasses(probabilities: Float64Array, labels: ArrayLike<number>, classes: number) {
  const ranks = new Uint32Array(labels.length);
  const predictions = new Uint32Array(labels.length);
  const confidences = new Float64Array(labels.length);
  for (let image = 0; image < labels.length; image++) {
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    const truth = labels[image];
    let best = 0;
    for (let label = 0; label < classes; label++) {
      if (row[label] > row[best]) best = label;
      if (row[label] > row[truth] || (row[label] === row[truth] && label < truth)) ranks[image]++;
    }
    predictions[image] = best;
    confidences[image] = row[best];
  }
  return { ranks, predictions, confidences };
}

function curvesOf(probabilities: Float64Array, labels: ArrayLike<number>, classes: number) {
  const perClass = Array.from({ length: classes }, (_, label) => {
    const scores = Float64Array.from(labels, (_each, image) => probabilities[image * classes + label]);
    return rankingCurves(separateScores(scores, (image) => labels[image] === label));
  });
  const micro = rankingCurves(
    separateScores(probabilities, (index) => labels[Math.floor(index / classes)] === index % classes),
  );
  const defined = perClass.filter((curves) => curves !== undefined);
  const areas = (name: 'rocAuc' | 'averagePrecision'): CurveAreas => ({
    perClass: perClass.map((curves) => curves?.[name]),
    macro: defined.length === 0 ? undefined : mean(defined.map((curves) => curves[name])),
    micro: micro?.[name],
  });
  const drawn = (name: 'roc' | 'precisionRecall') => ({
    micro: thinned(micro?.[name] ?? [], MAX_POINTS),
    perClass: perClass.map((curves) => thinned(curves?.[name] ?? [], MAX_POINTS)),
  });
  const macro =
    defined.length === 0
      ? []
      : meanRoc(
          defined.map(({ roc }) => roc),
          MAX_POINTS / 2,
        );
  return {
    rocAuc: areas('rocAuc'),
    averagePrecision: areas('averagePrecision'),
    roc: { ...drawn('roc'), macro },
    precisionRecall: drawn('precisionRecall'),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
