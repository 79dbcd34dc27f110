import type { Familiarity } from '../interop/calibrationRecord.js';
import { detectorWeights } from './detector/detector.js';
import { nonDigitMargin } from './detector/logits.js';
import { distanceFrom } from './prototypes.js';
import { argmax, logSumExp } from './softmax.js';

/** The digit detector counts this much more than the model's own logits and features. */
const DETECTOR_WEIGHT = 4;

/** What is known about one image. */
export interface Observation {
  /** `[classes]` */
  readonly logits: Float32Array;
  /** `[size]`, as `featuresOf` returns them. */
  readonly features: Float32Array;
  /** The logits of the digit detector, `[11]`, where it judges the model. */
  readonly detected?: Float32Array | undefined;
}

/** Whether the familiarity was measured with the digit detector that this version has. */
export function isCurrent({ detector }: Familiarity): boolean {
  return detector === undefined || detector.version === detectorWeights().version;
}

/**
 * The familiarity of an image: the log-sum-exp of its logits, minus the squared distance of its features from the nearest
 * prototype of the predicted class, minus the margin by which the digit detector prefers something else to the predicted
 * class, each in units of its spread over the validation images. Sources: Liu et al.,
 * "Energy-based Out-of-distribution Detection", NeurIPS 2020; Sun et al., "Out-of-Distribution Detection with Deep Nearest
 * Neighbors", ICML 2022, with the means of k-means instead of all training images.
 */
export function familiarityOf(
  { prototypes, logSumExpSpread, distanceSpread, detector }: Omit<Familiarity, 'threshold'>,
  { logits, features, detected }: Observation,
): number {
  const predicted = argmax(logits);
  const distance = distanceFrom(prototypes, predicted, features);
  const own = logSumExp(logits) / logSumExpSpread - distance / distanceSpread;
  if (detector === undefined || detected === undefined) return own;
  return own - (DETECTOR_WEIGHT * nonDigitMargin(detected, predicted)) / detector.marginSpread;
}
