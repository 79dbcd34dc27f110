import { basename, dirname, join, resolve } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { readSavedModel } from '../../predict/load.js';
import { readFinishedRun, readRun } from '../../runs/readRun.js';
import { readFoldsRecord } from '../../sweep/foldsRecord.js';
import type { ReportFolds } from './reportFolds.js';

/** Whether a folder is that of a run that is one fold of a cross-validation. */
export function isFold(folder: string): boolean {
  return readRun(folder).config.fold !== undefined;
}

/**
 * @param folder of the first fold
 * @throws {InklingError} if the folder is another one, or the runs of the other folds are not beside it
 */
export function readReportFolds(folder: string): ReportFolds {
  const { runs, folds, metrics, predictions } = readFoldsRecord(folder);
  const parent = dirname(resolve(folder));
  const [first, ...others] = runs.map((name) => readFinishedRun(join(parent, name)));
  if (basename(resolve(folder)) !== runs[0]) {
    throw new InklingError(
      `run "${folder}": expected the name ${runs[0]}, with which the folds were recorded, got another one; name the folder as it was`,
    );
  }
  return {
    runs: [first, ...others],
    folds,
    pooled: {
      name: runs[0],
      config: { ...first.config, fold: undefined },
      summary: first.summary,
      test: metrics,
      predictionRecord: predictions,
      saved: readSavedModel(folder),
      features: { filters: undefined, input: undefined, featureMaps: [], layerCount: 0 },
      explanations: [],
    },
  };
}
