import type { EpochRecord } from './epochRecord.js';

/** All that training needs to go on behind an epoch as if it had never stopped. */
export interface TrainingState {
  readonly epochs: readonly EpochRecord[];
  /** What the next step depends on; see `Session.state`. */
  readonly tensors: ReadonlyMap<string, Float32Array>;
  /** Where each stream of random numbers stands; see `Random.save`. */
  readonly streams: ReadonlyMap<string, Uint32Array>;
}
