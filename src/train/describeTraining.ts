import { VERSION } from '../core/version.js';
import type { TrainingRecord } from '../interop/trainingRecord.js';
import type { ClassificationMetrics } from './metrics.js';
import type { BestModel } from './state/snapshots.js';

interface FinishedTraining {
  /** The number of epochs. */
  readonly epochs: number;
  readonly best: BestModel;
  /** The best model's metrics on the test images. */
  readonly test: ClassificationMetrics;
  readonly seed: number;
  /** When it began, in ISO 8601. */
  readonly startedAt: string;
}

/** What a saved model states about its training. */
export function describeTraining({ epochs, best, test, seed, startedAt }: FinishedTraining): TrainingRecord {
  return {
    epochs,
    selectedEpoch: best.epoch.epoch,
    validationAccuracy: best.epoch.validationAccuracy,
    testAccuracy: test.accuracy,
    testMacroF1: test.macroF1,
    seed,
    version: VERSION,
    date: startedAt.slice(0, 'YYYY-MM-DD'.length),
  };
}
