import type { Calibration, Prototypes } from '../../interop/calibrationRecord.js';
import type { Features } from '../features.js';
import { canCalibrate, DEFAULT_THRESHOLD } from '../calibration.js';
import { logSumExp, softmax } from '../softmax.js';
import { at, fitFamiliarity, sorted, TAIL } from './fitFamiliarity.js';
import type { Labels } from '../../data/classes.js';

/** The target accuracy of predictions above the confidence threshold. */
const TARGET_PRECISION = 0.99;

const MIN_TEMPERATURE = 0.05;
const MAX_TEMPERATURE = 20;
/** Narrows the interval of the temperature's logarithm to less than a thousandth. */
const SEARCH_STEPS = 40;

/** What a calibration is fitted to, besides the logits of the model. */
export interface CalibrationSource {
  /**
   * Prototypes of the training images, the features of the measured ones, and what the digit detector found in them: with them, an
   * image is out of distribution by its familiarity (see `familiarityOf`), of which the 2 % quantile, or 4.5 % with the detector, is
   * the threshold.
   */
  readonly known?:
    | {
        readonly prototypes: Prototypes;
        readonly features: Features;
        readonly detected?: readonly Float32Array[] | undefined;
      }
    | undefined;
  /**
   * `[images, classes]`, of epochs that the images did not select: what depends on the labels is fitted to them. What does not, the
   * log-sum-exp and the familiarity, is not improved by a selection, and is that of the model. By default its logits.
   */
  readonly unselected?: Float32Array | undefined;
  /** For the record. */
  readonly selection?: Calibration['selection'];
}

/**
 * Calibrates a model by temperature scaling, and sets two thresholds below which a prediction is doubtful: of its confidence,
 * so that 99 % of the predictions above it are correct, and of the log-sum-exp of its logits, at the 2 % quantile. Sources:
 * Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; Liu et al., "Energy-based Out-of-distribution
 * Detection", NeurIPS 2020.
 *
 * With fewer than 50 images, nothing is fitted: the temperature is 1, and only a confidence below 50 % is doubtful.
 *
 * @param logits `[images, classes]`, of the model
 * @param labels `[images]`
 */
export function calibrate(
  logits: Float32Array,
  labels: Labels,
  { known, unselected = logits, selection }: CalibrationSource = {},
): Calibration {
  const classes = logits.length / labels.length;
  const isFitted = canCalibrate(labels.length);
  const rowsOf = (values: Float32Array) =>
    Array.from(labels, (_, image) => values.subarray(image * classes, (image + 1) * classes));
  const rows = rowsOf(logits);
  const unselectedRows = rowsOf(unselected);
  const temperature = isFitted ? bestTemperature(unselectedRows, labels) : 1;
  const measured = unselectedRows.map((row, image) => {
    const probabilities = softmax(row, temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, isCorrect: probabilities.indexOf(confidence) === labels[image] };
  });
  const threshold = isFitted ? confidenceThresholdOf(measured) : DEFAULT_THRESHOLD;
  const logSumExps = rows.map(logSumExp);
  // Of fewer than 50, it is the lowest, which rejects none of them.
  const logSumExpThreshold = at(sorted(logSumExps), TAIL);
  const fitted = isFitted && known && fitFamiliarity(known.prototypes, rows, known.features, known.detected);
  const accepted = measured.filter(
    (each, image) =>
      each.confidence >= threshold &&
      (fitted
        ? fitted.measured[image] >= fitted.familiarity.threshold
        : logSumExps[image] >= logSumExpThreshold),
  );
  return {
    temperature,
    threshold,
    logSumExpThreshold,
    ...(fitted && { familiarity: fitted.familiarity }),
    coverage: accepted.length / measured.length,
    precision:
      accepted.length === 0 ? 1 : accepted.filter(({ isCorrect }) => isCorrect).length / accepted.length,
    images: measured.length,
    ...(isFitted && selection && { selection }),
  };
}

/** By golden-section search: the mean cross-entropy has one minimum in the logarithm of the temperature. */
function bestTemperature(rows: readonly Float32Array[], labels: Labels): number {
  const largest = rows.map((row) => Math.max(...row));
  const lossAt = (logarithm: number) => meanLoss(rows, largest, labels, Math.exp(logarithm));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(MIN_TEMPERATURE), Math.log(MAX_TEMPERATURE)];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (lossAt(left) < lossAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/** @param largest the largest logit of each row */
function meanLoss(
  rows: readonly Float32Array[],
  largest: readonly number[],
  labels: Labels,
  temperature: number,
): number {
  let sum = 0;
  for (const [image, row] of rows.entries()) {
    const max = largest[image];
    let total = 0;
    for (const logit of row) total += Math.exp((logit - max) / temperature);
    sum += Math.log(total) - (row[labels[image]] - max) / temperature;
  }
  return sum / labels.length;
}

interface MeasuredPrediction {
  readonly confidence: number;
  readonly isCorrect: boolean;
}

/** The lowest confidence at and above which enough predictions are correct; 1 if there is none. */
function confidenceThresholdOf(measured: readonly MeasuredPrediction[]): number {
  let threshold = 1;
  let correct = 0;
  const byConfidence = [...measured].sort((a, b) => b.confidence - a.confidence);
  byConfidence.forEach(({ confidence, isCorrect }, index) => {
    if (isCorrect) correct += 1;
    if (correct / (index + 1) >= TARGET_PRECISION) threshold = confidence;
  });
  return threshold;
}
