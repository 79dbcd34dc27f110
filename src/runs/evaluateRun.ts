import { resolve } from 'node:path';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import type { Dataset } from '../data/dataset.js';
import type { DatasetUse } from '../data/holdOutTest.js';
import { readSavedModel } from '../predict/load.js';
import type { ViewSettings } from '../predict/viewSettings.js';
import { evaluate } from '../train/evaluate.js';
import { type DetailedEvaluation, evaluateInDetail } from './statistics/evaluateInDetail.js';
import type { ClassificationMetrics } from '../train/metrics.js';
import { readRun, type RunRecord } from './readRun.js';

/** Settings that override those of the run. */
export interface EvaluateRunOptions {
  readonly threads?: number | undefined;
  /** Test-time augmentation. */
  readonly tta?: ViewSettings | undefined;
}

/**
 * What a data set is loaded for when a run is evaluated on it: a run's own data set is divided as for training, so that only
 * images that the run has not seen are scored; of another without test images, all are.
 *
 * @param dataset its name or path
 */
export function datasetUse({ config, summary }: RunRecord, dataset: string): DatasetUse {
  const own = [config.dataset, summary?.dataset.source.location];
  return own.includes(dataset) || own.includes(resolve(dataset)) ? 'training' : 'evaluation';
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
  const { saved, evaluation } = openRun('evaluateRun', folder, dataset, options);
  return evaluate(saved, dataset, evaluation);
}

/**
 * Like `evaluateRun`, with the metrics of the predicted probabilities, which are calibrated as in predictions.
 *
 * @throws {InklingError} likewise
 */
export async function evaluateRunInDetail(
  folder: string,
  dataset: Dataset,
  options: EvaluateRunOptions = {},
): Promise<DetailedEvaluation> {
  const { saved, evaluation } = openRun('evaluateRunInDetail', folder, dataset, options);
  return evaluateInDetail(saved, dataset, evaluation);
}

function openRun(who: string, folder: string, dataset: Dataset, options: EvaluateRunOptions) {
  checkValues(who, { folder }, { folder: records.runFolder });
  checkArguments(who, { dataset });
  checkOptions(who, options, { threads: kinds.count, tta: kinds.object });
  const { config } = readRun(folder);
  return {
    saved: readSavedModel(folder),
    evaluation: { threads: options.threads ?? config.threads, tta: options.tta ?? config.tta },
  };
}
