import { z } from 'zod';
import { formatPercent } from '../core/format.js';
import { type Calibration, confidencesOf } from './calibration.js';
import { logSumExp } from './softmax.js';

/** The confidence threshold of a model that was not calibrated. */
const DEFAULT_THRESHOLD = 0.5;

/**
 * Why a prediction is doubtful. `low-confidence`: the calibrated confidence is below the threshold. `out-of-distribution`: the
 * logits are lower than those of nearly all validation images, so that the image probably shows none of the classes.
 */
export const doubtCodeSchema = z.enum(['low-confidence', 'out-of-distribution']);

export interface DoubtReason {
  readonly code: z.infer<typeof doubtCodeSchema>;
  /** An explanation in English. */
  readonly text: string;
}

/** Whether a prediction should not be relied on, and why. */
export interface Doubt {
  readonly doubtful: boolean;
  /** Empty for a prediction that is not doubtful. */
  readonly reasons: readonly DoubtReason[];
}

/**
 * Judges the prediction for one image: the only place that decides whether a prediction is doubtful.
 *
 * @param logits `[classes]`
 * @param calibration of the model that computed them; without one, a confidence below 50 % is doubtful
 */
export function assessDoubt(logits: Float32Array, calibration: Calibration | undefined): Doubt {
  const reasons: DoubtReason[] = [];
  const confidence = Math.max(...confidencesOf(logits, calibration));
  const threshold = calibration?.threshold ?? DEFAULT_THRESHOLD;
  if (confidence < threshold) {
    const text = `confidence of ${formatPercent(confidence)} is below the threshold of ${formatPercent(threshold)}`;
    reasons.push({ code: 'low-confidence', text });
  }
  if (calibration !== undefined && logSumExp(logits) < calibration.logSumExpThreshold) {
    reasons.push({ code: 'out-of-distribution', text: 'the image does not resemble the validation images' });
  }
  return { doubtful: reasons.length > 0, reasons };
}
