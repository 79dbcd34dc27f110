import type { Backbone } from '../train/fineTune.js';
import type { FitOptions, FitResult } from '../train/trainAndScore.js';

/** A training in memory: what `fit` returned, and the options of `fit` that a report needs; others are ignored. */
export interface ReportedTraining
  extends Pick<FitOptions, 'dataset'>, Partial<Pick<FitOptions, 'model' | 'settings'>> {
  readonly result: FitResult;
  /** If training began with the weights of another model: what `backboneFor` returned. */
  readonly backbone?: (FitOptions['backbone'] & Partial<Pick<Backbone, 'newHead'>>) | undefined;
}
