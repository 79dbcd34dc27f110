import { type Calibration, calibrationNotice } from '#inkling/index.js';
import { formatProbability } from '../../components/format.js';
import { text } from '../text/text.js';

/** The confidence of a prediction, and whether it is calibrated, which it is not if few images were measured. */
export function confidenceText(probability: number, calibration: Calibration | undefined): string {
  const value = formatProbability(probability);
  const isCalibrated = calibration !== undefined && calibrationNotice(calibration) === undefined;
  return isCalibrated ? text.try.calibratedConfidence(value) : text.try.confidence(value);
}
