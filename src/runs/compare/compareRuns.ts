import { join } from 'node:path';
import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions, checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import * as runKinds from '../../core/arguments/records.js';
import type { Dataset } from '../../data/dataset.js';
import { fileBytes } from '../../platform/files.js';
import { BEST_CHECKPOINT, readSavedModel } from '../../predict/load.js';
import type { EvaluationOptions } from '../../train/evaluate.js';
import { type FinishedRunRecord, readFinishedRun } from '../readRun.js';
import { type ComparedModel, compareEach, type ModelToCompare } from './compareModels.js';
import type { PairedComparison } from './comparePredictions.js';

/** A run in a comparison. */
export interface ComparedRun extends ComparedModel {
  readonly folder: string;
  /** Undefined for an imported run. */
  readonly trainSeconds: number | undefined;
  /** The size of the checkpoint file. */
  readonly bytes: number;
}

/** The paired results of two runs. */
export interface ComparedPair extends PairedComparison {
  readonly first: string;
  readonly second: string;
}

/** Several runs on the same test images, each alone and in pairs. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly pairs: readonly ComparedPair[];
}

/**
 * Evaluates the best weights of several runs on the same test images, each with its own test-time augmentation, and compares each pair.
 *
 * @param given run folders, or what `readFinishedRun` returns
 * @throws {UsageError} for anything but runs and a data set
 * @throws {InklingError} when a run did not finish, or a run's model does not fit the data set
 */
export async function compareRuns(
  given: readonly (string | FinishedRunRecord)[],
  dataset: Dataset,
  options: Pick<EvaluationOptions, 'threads'> = {},
): Promise<Comparison> {
  checkValues('compareRuns', { runs: given }, { runs: runKinds.runs });
  checkArguments('compareRuns', { dataset });
  checkOptions('compareRuns', options, { threads: kinds.count });
  const records = given.map((each) => (typeof each === 'string' ? readFinishedRun(each) : each));
  const { models, pairs } = await compareEach(modelsOf(records, options), dataset);
  const runs = records.map(({ folder, summary }, index) => ({
    folder,
    ...models[index],
    trainSeconds: summary.stopReason === 'imported' ? undefined : summary.timing.trainSeconds,
    bytes: fileBytes(join(folder, BEST_CHECKPOINT)),
  }));
  return {
    runs,
    pairs: pairs.map(({ first, second, ...pair }) => ({
      first: runs[first].folder,
      second: runs[second].folder,
      ...pair,
    })),
  };
}

/** Reads each model when it is needed, so that one is in memory at a time. */
function* modelsOf(
  records: readonly FinishedRunRecord[],
  { threads }: Pick<EvaluationOptions, 'threads'>,
): Generator<ModelToCompare> {
  for (const { folder, config } of records) {
    yield { saved: readSavedModel(folder), options: { threads, tta: config.tta } };
  }
}
