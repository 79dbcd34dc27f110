import type { Dataset } from '../data/dataset.js';
import { readSavedModel } from '../predict/load.js';
import type { ViewSettings } from '../predict/views.js';
import { evaluate } from '../train/evaluate.js';
import type { ClassificationMetrics } from '../train/metrics.js';
import { readRun } from './readRun.js';

/** Settings that override those of the run. */
export interface EvaluateRunOptions {
  readonly threads?: number | undefined;
  /** Test-time augmentation. */
  readonly tta?: ViewSettings | undefined;
}

/**
 * Evaluates the best weights of a run on a data set's test images: with the run's own threads and test-time
 * augmentation, unless the options override them.
 *
 * @throws {InklingError} when the folder contains no such weights, or they do not fit the data set
 */
export async function evaluateRun(
  folder: string,
  dataset: Dataset,
  options: EvaluateRunOptions = {},
): Promise<ClassificationMetrics> {
  const { config } = readRun(folder);
  return evaluate(readSavedModel(folder), dataset, {
    threads: options.threads ?? config.threads,
    tta: options.tta ?? config.tta,
  });
}
