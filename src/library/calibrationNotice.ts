import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { Calibration } from '../interop/calibrationRecord.js';
import { calibrationNotice as noticeOf } from '../predict/calibration.js';

/**
 * What to know about the confidences and doubts of a model that was calibrated on few images, which are unreliable: with fewer than 50,
 * no temperature and no thresholds are fitted.
 *
 * @param calibration of a model, such as `classifier.calibration`; undefined for a model that was not calibrated
 * @returns undefined if there were enough images, and for a model that was not calibrated
 * @throws {UsageError} for anything but a calibration
 * @example
 * ```ts
 * const isCalibrated = classifier.calibration !== undefined && calibrationNotice(classifier.calibration) === undefined;
 * ```
 */
export function calibrationNotice(calibration: Calibration | undefined): string | undefined {
  if (calibration === undefined) return undefined;
  checkValues('calibrationNotice', { calibration }, { calibration: kinds.object });
  const { images } = calibration;
  checkValues('calibrationNotice: calibration', { images }, { images: kinds.count });
  return noticeOf(calibration);
}
