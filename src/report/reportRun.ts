import type { SavedModel } from '../interop/checkpoint.js';
import type { Embedding } from '../runs/measurements/embedding.js';
import type { Robustness } from '../runs/measurements/robustness.js';
import type { PredictionRecord } from '../runs/predictionRecord.js';
import type { RunSummary } from '../runs/runSummary.js';
import type { TrainingFacts } from '../runs/trainingFacts.js';
import type { RecordedVerification } from '../runs/verify/verification.js';
import type { Config } from '../train/config.js';
import type { ClassificationMetrics } from '../train/metrics.js';
import type { ExplainedExample } from './explanations.js';
import type { LearnedFeatures } from './features.js';

/** Everything that a report needs to know about a training, whether it has a run folder or took place in memory. */
export interface ReportRun {
  /** The name of the run folder, if there is one. */
  readonly name: string | undefined;
  readonly config: Config;
  readonly summary: ReportSummary;
  readonly test: ClassificationMetrics;
  readonly predictionRecord: PredictionRecord;
  readonly saved: SavedModel;
  readonly features: LearnedFeatures;
  /** Test images with what counts for their predicted class; empty where that is not shown. */
  readonly explanations: readonly ExplainedExample[];
  /** What a repetition of its training has shown; null if there was none. A training in memory cannot be repeated from a record. */
  readonly verification?: RecordedVerification | null | undefined;
  /** What was measured on request after training, and is recorded in the run's folder. */
  readonly robustness?: Robustness | undefined;
  readonly embedding?: Embedding | undefined;
}

/** The summary of a run. A training in memory lacks what only a run records: those parts are optional. */
export interface ReportSummary
  extends
    Omit<TrainingFacts, 'dataset' | 'timing'>,
    Pick<RunSummary, 'version' | 'startedAt' | 'stopReason' | 'newHead' | 'calibration'> {
  readonly command?: string | undefined;
  readonly environment?: RunSummary['environment'] | undefined;
  readonly dataset: TrainingFacts['dataset'] & Pick<RunSummary['dataset'], 'note'>;
  readonly timing: TrainingFacts['timing'] &
    Partial<Pick<RunSummary['timing'], 'totalSeconds' | 'peakMemoryMB'>>;
}
