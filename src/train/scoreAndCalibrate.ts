import { teamOf } from '../engine/teamOf.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { ScoredImages } from '../predict/score.js';
import type { KnownFeatures } from './features/setFeatures.js';
import { type Calibrated, tryCalibrating } from './calibrateOnValidation.js';
import { scoreTrained } from './evaluate.js';
import { type ClassificationMetrics, finiteMetricsOf } from './metrics.js';
import type { CrossFitState } from './state/crossFit.js';
import type { TrainingTask } from './task.js';

/** How well a trained model does on the test images, and its calibration. */
export interface ScoredModel extends Calibrated {
  readonly scores: ScoredImages;
  readonly test: ClassificationMetrics;
}

/** What training passes on. */
export interface AssessmentOptions {
  readonly signal: AbortSignal | undefined;
  /** What the fixed layers output in training. */
  readonly features?: KnownFeatures | undefined;
  readonly crossFit?: CrossFitState | undefined;
}

/**
 * Scores a trained model on the test images, with the test-time augmentation of its training, and calibrates it.
 *
 * @throws {InklingError} when the images cannot be scored
 * @throws the signal's reason when it is aborted
 */
export async function scoreAndCalibrate(
  saved: SavedModel,
  task: TrainingTask,
  { signal, features, crossFit }: AssessmentOptions,
): Promise<ScoredModel> {
  const { dataset, config, threads } = task;
  const scores = await scoreTrained(saved, dataset.test, { threads, tta: config.tta, signal });
  const test = finiteMetricsOf(scores, dataset.test.labels, dataset.classes.length);
  // Models are calibrated on images as they are.
  const known = config.augment === undefined ? features : undefined;
  const options = {
    engine: teamOf(threads),
    signal,
    known,
    unselected: crossFit?.logits,
    selection: crossFit ? 'cross-fitted' : 'same-images',
  } as const;
  return { scores, test, ...(await tryCalibrating(saved, task, options)) };
}
