import type { PlanKind } from '../plan/requestPlans.js';
import type { CompiledKernels } from '../platform/host.js';
import type { DetectorWeights } from '../predict/detector/digitDetector.js';
import type { ConfiguredFit, FitResult } from '../train/trainAndScore.js';
import type { TrainingHooks } from '../train/trainingHooks.js';
import type { ErrorRecord } from './errorRecord.js';

/** The program of the worker script that trains. */
export const FIT_WORKER = 'fit';

/** The functions that a training calls. */
export type FitHooks = Pick<
  TrainingHooks,
  'onStart' | 'onEvent' | 'onState' | 'onCheckpoint' | 'beforeSteps'
>;

/** The data that the worker is started with. */
export interface FitStart {
  readonly kernels: CompiledKernels;
  /** Present if the calibration may need them. */
  readonly detector?: DetectorWeights | undefined;
  readonly task: Omit<ConfiguredFit, keyof TrainingHooks>;
  /** Those that there are: what they receive may be large. */
  readonly hooks: readonly (keyof FitHooks)[];
}

/** From the page to the worker; answers are in the order in which the worker has asked. */
export type FitRequest =
  | { readonly type: 'interrupt' }
  | { readonly type: 'answer'; readonly answer: unknown }
  | { readonly type: 'unanswered'; readonly error: ErrorRecord };

/** From the worker to the page: `ask` is answered with plans or, for `beforeSteps`, what this returns. */
export type FitMessage =
  | { readonly type: 'alive' }
  | { readonly type: 'ask'; readonly what: PlanKind | 'beforeSteps'; readonly options: unknown }
  | { readonly type: 'call'; readonly hook: keyof FitHooks; readonly values: readonly unknown[] }
  | { readonly type: 'result'; readonly result: FitResult }
  | { readonly type: 'failed'; readonly error: ErrorRecord };
