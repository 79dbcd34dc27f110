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
  checkValues('evaluateRun', { folder }, { folder: records.runFolder });
  checkArguments('evaluateRun', { dataset });
  checkOptions('evaluateRun', options, { threads: kinds.count, tta: kinds.object });
  const { config } = readRun(folder);
  return evaluate(readSavedModel(folder), dataset, {
    threads: options.threads ?? config.threads,
    tta: options.tta ?? config.tta,
  });
}
