import type { SavedModel } from '../../interop/checkpoint.js';
import type { ChosenDevice } from '../device/chosenDevice.js';
import type { Backbone } from '../fineTune.js';
import type { TrainingState } from './trainingState.js';

/** Where training starts, if not from initial weights. */
export interface TrainingStart {
  /** Weights from training on other data, which replace some or all of the initial ones. */
  readonly backbone?: Pick<Backbone, 'weights' | 'batches'> | undefined;
  /** The state of an interrupted training to resume; only the number of epochs may differ. */
  readonly resume?: {
    readonly state: TrainingState;
    /** The model of the best epoch; not read if this is the last one, since the state then contains it. */
    readonly best?: SavedModel | undefined;
    /** What has trained until now: with the setting `device` `auto`, it continues if it can, without another trial. */
    readonly device?: ChosenDevice | undefined;
  };
}
