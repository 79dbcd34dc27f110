import type { SavedModel } from '../interop/checkpoint.js';
import type { Simd } from '../platform/host.js';
import type { ChosenDevice } from './device/chosenDevice.js';
import type { TrainingEvent } from './events.js';
import type { FeatureCache } from './features/computeFeatures.js';
import type { TrainingState } from './state/trainingState.js';

/** What trains. */
export interface EngineInfo {
  readonly threads: number;
  /** Which build of the kernels in WebAssembly runs: with fused multiply-add (relaxed SIMD), or SIMD only; undefined on a GPU. */
  readonly simd: Simd | undefined;
  /** The device that was chosen; undefined if the setting `device` is `cpu`. */
  readonly device?: ChosenDevice | undefined;
  /** Why there is only one thread, if more are not available here. */
  readonly limitation?: string | undefined;
}

/** What a caller learns of a training run while it runs, and how it can stop it. */
export interface TrainingHooks {
  /** Called with every event, in order. */
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Called after each epoch with everything that is needed to resume training. */
  readonly onState?: (state: TrainingState) => void;
  /**
   * Called after each epoch that improves the validation, after `onState`, and with the last model at the end. When training is
   * resumed after such an epoch, it is called first, as this may not have happened.
   */
  readonly onCheckpoint?: (which: 'best' | 'last', saved: SavedModel) => void;
  /**
   * Called before each group of steps, for which training waits until the promise is fulfilled: it can be held within an epoch, also
   * when it is interrupted. With a number, the group has at most that many steps. The result is the same.
   */
  readonly beforeSteps?: (() => Promise<number | undefined>) | undefined;
  /** Called once the engine has started. */
  readonly onStart?: (engine: EngineInfo) => void;
  /** Keeps the features of the images for later training with the same frozen layers. */
  readonly featureCache?: FeatureCache | undefined;
  /** Interrupts training after the current steps. */
  readonly signal?: AbortSignal | undefined;
}
