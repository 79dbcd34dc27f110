import type { Calibration } from '../interop/calibrationRecord.js';
import { softmax } from './softmax.js';

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
