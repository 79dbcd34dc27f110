import type { SavedModel } from '../interop/checkpoint.js';

/** A trained model and its name. */
export interface TrainedModel {
  /** The name of its run or file. */
  readonly name: string;
  readonly saved: SavedModel;
}
