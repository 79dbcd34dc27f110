import type { Calibration } from '../../interop/calibrationRecord.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { describeTraining } from '../../train/describeTraining.js';
import type { Assessment, Measured } from './assess.js';
import type { RunFolder } from '../runFolder.js';

type Description = Parameters<typeof describeTraining>[0];

/** A model that a run has selected. */
interface SelectedModel extends Omit<Description, 'test'> {
  readonly saved: SavedModel;
}

/**
 * Saves the model of a run with its calibration and a summary of its training.
 *
 * @returns what the summary of the run states
 */
export function saveAssessedModel(
  folder: RunFolder,
  { saved, ...selected }: SelectedModel,
  { test, calibration }: Assessment,
): Measured {
  const training = describeTraining({ ...selected, test });
  folder.saveCheckpoint('best', { ...saved, calibration, training });
  return { test, calibration: withoutPrototypes(calibration) };
}

/** A calibration as the summary of a run states it: the prototypes are large, and only predictions need them. */
export function withoutPrototypes(calibration: Calibration | undefined): Calibration | undefined {
  return calibration && { ...calibration, familiarity: undefined };
}
