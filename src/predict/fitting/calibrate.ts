import type { Calibration, Prototypes } from '../../interop/calibrationRecord.js';
import type { Features } from '../features.js';
import { MIN_CALIBRATION_IMAGES } from '../calibration.js';
import { logSumExp, softmax } from '../softmax.js';
import { at, fitFamiliarity, sorted, TAIL } from './fitFamiliarity.js';
import type { Labels } from '../../data/classes.js';

/** The target accuracy of predictions above the confidence threshold. */
const TARGET_PRECISION = 0.99;

const MIN_TEMPERATURE = 0.05;
const MAX_TEMPERATURE = 20;
/** Narrows the interval of the temperature's logarithm to less than a thousandth. */
const SEARCH_STEPS = 40;

/**
 * Calibrates a model by temperature scaling, and sets two thresholds below which a prediction is doubtful: of its confidence,
 * so that 99 % of the predictions above it are correct, and of the log-sum-exp of its logits, at the 2 % quantile. Sources:
 * Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; Liu et al., "Energy-based Out-of-distribution
 * Detection", NeurIPS 2020.
 *
 * The temperature stays 1 with fewer than 50 images.
 *
 * @param logits `[images, classes]`
 * @param labels `[images]`
 * @param known prototypes of the training images, the features of the measured ones, and what the digit detector found in
 *   them: with them, an image is out of distribution by its familiarity (see `familiarityOf`), of which the 2 % quantile, or
 *   4.5 % with the detector, is the threshold
 */
export function calibrate(
  logits: Float32Array,
  labels: Labels,
  known?: {
    readonly prototypes: Prototypes;
    readonly features: Features;
    readonly detected?: readonly Float32Array[] | undefined;
  },
): Calibration {
  const classes = logits.length / labels.length;
  const temperature = labels.length < MIN_CALIBRATION_IMAGES ? 1 : bestTemperature(logits, labels, classes);
  const rows = Array.from(labels, (_, image) => logits.subarray(image * classes, (image + 1) * classes));
  const measured = rows.map((row, image) => {
    const label = labels[image];
    const probabilities = softmax(row, temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, logSumExp: logSumExp(row), isCorrect: probabilities.indexOf(confidence) === label };
  });
  const threshold = confidenceThresholdOf(measured);
  const logSumExpThreshold = at(sorted(measured.map((each) => each.logSumExp)), TAIL);
  const fitted = known && fitFamiliarity(known.prototypes, rows, known.features, known.detected);
  const accepted = measured.filter(
    (each, image) =>
      each.confidence >= threshold &&
      (fitted === undefined
        ? each.logSumExp >= logSumExpThreshold
        : fitted.measured[image] >= fitted.familiarity.threshold),
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
  };
}

/** By golden-section search: the mean cross-entropy has one minimum in the logarithm of the temperature. */
function bestTemperature(logits: Float32Array, labels: Labels, classes: number): number {
  const lossAt = (logarithm: number) => meanLoss(logits, labels, classes, Math.exp(logarithm));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(MIN_TEMPERATURE), Math.log(MAX_TEMPERATURE)];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (lossAt(left) < lossAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function meanLoss(logits: Float32Array, labels: Labels, classes: number, temperature: number): number {
  let sum = 0;
  for (let image = 0; image < labels.length; image++) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const max = Math.max(...row);
    const total = row.reduce((all, logit) => all + Math.exp((logit - max) / temperature), 0);
    sum += Math.log(total) - (row[labels[image]] - max) / temperature;
  }
  return sum / labels.length;
}

interface MeasuredPrediction {
  readonly confidence: number;
  readonly logSumExp: number;
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
