import type { SavedModel } from '../interop/checkpoint.js';
import type { PlanKind } from '../plan/requestPlans.js';
import type { CompiledKernels } from '../platform/host.js';
import type { DetectorWeights } from '../predict/detector/digitDetector.js';
import type { TrainingEvent } from '../train/events.js';
import type { TrainingState } from '../train/state/trainingState.js';
import type { ConfiguredFit, FitResult } from '../train/trainAndScore.js';
import type { EngineInfo, TrainingHooks } from '../train/trainingHooks.js';
import type { ErrorRecord } from './errorRecord.js';

/** The program of the worker script that trains. */
export const FIT_WORKER = 'fit';

/** The data that the worker is started with. */
export interface FitStart {
  readonly kernels: CompiledKernels;
  /** Present if the calibration may need them. */
  readonly detector?: DetectorWeights | undefined;
  readonly task: Omit<ConfiguredFit, keyof TrainingHooks>;
  /** What is large and not always needed. */
  readonly wants: { readonly state: boolean; readonly checkpoints: boolean };
}

/** From the page to the worker; plans are in the order in which the worker has asked for them. */
export type FitRequest =
  | { readonly type: 'interrupt' }
  | { readonly type: 'plans'; readonly plans: unknown }
  | { readonly type: 'unplanned'; readonly error: ErrorRecord };

/** From the worker to the page. */
export type FitMessage =
  | { readonly type: 'alive' }
  | { readonly type: 'plan'; readonly kind: PlanKind; readonly options: unknown }
  | { readonly type: 'start'; readonly engine: EngineInfo }
  | { readonly type: 'event'; readonly event: TrainingEvent }
  | { readonly type: 'state'; readonly state: TrainingState }
  | { readonly type: 'checkpoint'; readonly which: 'best' | 'last'; readonly saved: SavedModel }
  | { readonly type: 'result'; readonly result: FitResult }
  | { readonly type: 'failed'; readonly error: ErrorRecord };
