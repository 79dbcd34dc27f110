import { formatPlural } from '../core/format.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { softmax } from './softmax.js';

/**
 * With fewer validation images, neither a temperature nor thresholds are fitted. If all of a few images are classified correctly, the
 * loss is least for probabilities of 100 %. A new image is less familiar than all of `n` others of its kind with a probability of
 * 1 / (n + 1), so that even the lowest threshold rejects more than the intended 2 % if there are fewer than 49.
 */
export const MIN_CALIBRATION_IMAGES = 50;

/** The confidence threshold of a model for which none was fitted. */
export const DEFAULT_THRESHOLD = 0.5;

/** Whether there are enough images to fit a temperature and thresholds. */
export function canCalibrate(images: number): boolean {
  return images >= MIN_CALIBRATION_IMAGES;
}

/** What to know about the confidences and the doubt of a model that was calibrated on few images; undefined if there were enough. */
export function calibrationNotice(calibration: Pick<Calibration, 'images'> | undefined): string | undefined {
  if (calibration === undefined || canCalibrate(calibration.images)) return undefined;
  return (
    `the confidences and doubts are unreliable: there are ${formatPlural(calibration.images, 'validation image')}, ` +
    `expected ${MIN_CALIBRATION_IMAGES} or more; train with more images`
  );
}

/** The layers whose outputs are needed to judge predictions, as an option of `CompiledModel`. */
export function layersToObserve(calibration: Calibration | undefined): string[] {
  const layer = calibration?.familiarity?.prototypes.layer;
  return layer === undefined ? [] : [layer];
}

/**
 * The probability of each class: calibrated if there is a calibration, otherwise the softmax of the logits.
 *
 * @param logits `[classes]`
 * @returns `[classes]`, which add up to 1
 */
export function confidencesOf(logits: Float32Array, calibration: Calibration | undefined): number[] {
  return softmax(logits, calibration?.temperature ?? 1);
}
