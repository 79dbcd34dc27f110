import type { SavedModel } from '../interop/checkpoint.js';
import type { Calibration } from './calibration.js';

/** A trained model with everything that is needed to predict with it and to judge its predictions. */
export interface TrainedModel {
  /** The name of its run or file. */
  readonly name: string;
  readonly saved: SavedModel;
  /** Undefined if the model was not calibrated. */
  readonly calibration: Calibration | undefined;
}
