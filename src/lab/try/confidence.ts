import { type Calibration, calibrationNotice } from '#inkling/index.js';
import { formatProbability } from '../../components/format.js';
import type { LabText } from '../text/en.js';

/** The confidence of a prediction, and whether it is calibrated, which it is not if few images were measured. */
export function confidenceText(
  probability: number,
  calibration: Calibration | undefined,
  texts: Pick<LabText['try'], 'confidence' | 'calibratedConfidence'>,
): string {
  const value = formatProbability(probability);
  const isCalibrated = calibration !== undefined && calibrationNotice(calibration) === undefined;
  return isCalibrated ? texts.calibratedConfidence(value) : texts.confidence(value);
}
