import type { EpochRecord } from '../epochRecord.js';
import type { CrossFitState } from './crossFit.js';

/** Everything that is needed to resume training after an epoch with bit-identical results. */
export interface TrainingState {
  readonly epochs: readonly EpochRecord[];
  /** Number of training batches in the running statistics. */
  readonly batches: number;
  /** See `Session.state`. */
  readonly tensors: ReadonlyMap<string, Float32Array>;
  /** The state of each random number generator; see `Random.save`. */
  readonly streams: ReadonlyMap<string, Uint32Array>;
  /** What calibrates the model on images that did not select its epoch; undefined with too few of them, and in states of earlier versions. */
  readonly crossFit?: CrossFitState | undefined;
}
