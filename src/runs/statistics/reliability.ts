import { logarithmOf } from './temperature.js';

/** Bins of the confidence, of equal width, as in Guo et al., 2017. */
export const RELIABILITY_BINS = 15;

/** The predictions whose confidence lies in an interval. */
export interface ReliabilityBin {
  /** The interval of confidences, without `low` and with `high`. */
  readonly low: number;
  readonly high: number;
  readonly images: number;
  readonly correct: number;
  /** The mean confidence; 0 without images. */
  readonly confidence: number;
}

/** How well probabilities agree with what happens. */
export interface ProbabilityScores {
  /** The mean of the negative logarithm of the probability of the true class. */
  readonly logLoss: number;
  /** The mean of the squared differences from the true probabilities, 0 and 1, added up over the classes: from 0 to 2. */
  readonly brierScore: number;
  /** The mean difference between confidence and accuracy of the bins, by their numbers of images. */
  readonly expectedCalibrationError: number;
  readonly reliability: readonly ReliabilityBin[];
}

/**
 * Proper scores of probabilities, and their calibration. Sources: Brier, "Verification of forecasts expressed in terms of probability",
 * 1950; Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
 *
 * @param probabilities `[images, classes]`
 * @param labels `[images]`
 */
export function probabilityScores(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): ProbabilityScores {
  const bins = Array.from({ length: RELIABILITY_BINS }, () => ({ images: 0, correct: 0, confidence: 0 }));
  let [logLoss, brierScore] = [0, 0];
  for (let image = 0; image < labels.length; image++) {
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    const label = labels[image];
    logLoss -= logarithmOf(row[label]);
    let [squares, predicted] = [0, 0];
    for (let each = 0; each < classes; each++) {
      squares += (row[each] - (each === label ? 1 : 0)) ** 2;
      if (row[each] > row[predicted]) predicted = each;
    }
    brierScore += squares;
    const bin =
      bins[Math.min(RELIABILITY_BINS - 1, Math.max(0, Math.ceil(row[predicted] * RELIABILITY_BINS) - 1))];
    bin.images++;
    bin.correct += predicted === label ? 1 : 0;
    bin.confidence += row[predicted];
  }
  const gaps = bins.map(({ correct, confidence }) => Math.abs(correct - confidence));
  return {
    logLoss: logLoss / labels.length,
    brierScore: brierScore / labels.length,
    expectedCalibrationError: gaps.reduce((sum, gap) => sum + gap, 0) / labels.length,
    reliability: bins.map(({ images, correct, confidence }, index) => ({
      low: index / RELIABILITY_BINS,
      high: (index + 1) / RELIABILITY_BINS,
      images,
      correct,
      confidence: confidence / Math.max(1, images),
    })),
  };
}
