import type { FinishedRunRecord } from '../../runs/readRun.js';
import type { ReportRun } from '../reportRun.js';

/** Everything that a report needs to know about a cross-validation. */
export interface ReportFolds {
  /** In the order of the folds. */
  readonly runs: readonly [FinishedRunRecord, ...FinishedRunRecord[]];
  /** The fold of each image, from 1. */
  readonly folds: readonly number[];
  /**
   * All folds as if they were one run: its test images are those of all folds, each classified by the model that was not trained on it, and
   * its network is that of the first fold.
   */
  readonly pooled: ReportRun;
}
