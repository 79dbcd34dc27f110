import { VERSION } from '../core/version.js';
import type { TrainingRecord } from '../interop/trainingRecord.js';
import type { ClassificationMetrics } from './metrics.js';
import type { EpochRecord } from './epochRecord.js';

interface FinishedTraining {
  /** The number of epochs. */
  readonly epochs: number;
  /** The epoch whose model is saved. */
  readonly best: Pick<EpochRecord, 'epoch' | 'validationAccuracy'>;
  /** This model's metrics on the test images. */
  readonly test: ClassificationMetrics;
  readonly seed: number;
  /** When it began, in ISO 8601. */
  readonly startedAt: string;
}

/** What a saved model states about its training. */
export function describeTraining({ epochs, best, test, seed, startedAt }: FinishedTraining): TrainingRecord {
  return {
    epochs,
    selectedEpoch: best.epoch,
    validationAccuracy: best.validationAccuracy,
    testAccuracy: test.accuracy,
    testMacroF1: test.macroF1,
    seed,
    version: VERSION,
    date: startedAt.slice(0, 'YYYY-MM-DD'.length),
  };
}
