import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { areEqual } from '../../core/arrays.js';
import { InklingError, messageOf } from '../../core/errors.js';
import type { Labels } from '../../data/classes.js';
import { kindOf } from '../../platform/files.js';
import { isFinished, readPredictionRecord, readRun } from '../readRun.js';
import { PREDICTIONS_FILE } from '../runFiles.js';
import type { RunSummary } from '../runSummary.js';
import type { ModelPair } from './compareModels.js';
import { comparePredictions } from './comparePredictions.js';

/** What a run has recorded about the test images, if it can be compared. */
export interface RecordedTest {
  /** The number of the images it was tested on, from 0: runs with the same number were tested on the same images. */
  readonly testSet?: number;
  /** Why it cannot be compared. */
  readonly problem?: string;
}

/** Several runs, and the pairs among them that were tested on the same images. */
export interface RecordedComparison {
  readonly runs: readonly RecordedTest[];
  readonly pairs: readonly ModelPair[];
}

/** The predictions of a run, and what identifies their images. */
interface Recorded {
  readonly dataset: RunSummary['dataset'];
  readonly labels: Labels;
  readonly predictions: Labels;
}

/**
 * Compares the predictions that runs recorded when they were tested, each pair by McNemar's exact test, like `compareRuns`, which needs
 * the data set and lets the models predict again.
 *
 * @param folders of runs; those that cannot be compared have a problem instead of pairs
 */
export async function compareRecordedRuns(folders: readonly string[]): Promise<RecordedComparison> {
  const results: (Recorded | string)[] = [];
  for (const folder of folders) {
    results.push(readRecorded(folder));
    // Another task of this process, such as a request to a server, comes in between.
    await setImmediate();
  }
  const testSets: Recorded[] = [];
  const runs = results.map((result): RecordedTest => {
    if (typeof result === 'string') return { problem: result };
    const known = testSets.findIndex((other) => haveSameImages(other, result));
    return { testSet: known === -1 ? testSets.push(result) - 1 : known };
  });
  const pairs: ModelPair[] = [];
  for (const [first, a] of results.entries()) {
    for (const [second, b] of results.entries()) {
      if (second <= first || typeof a === 'string' || typeof b === 'string') continue;
      if (runs[first].testSet !== runs[second].testSet) continue;
      pairs.push({ first, second, ...comparePredictions(a.predictions, b.predictions, a.labels) });
      await setImmediate();
    }
  }
  return { runs, pairs };
}

/** @returns why the run cannot be compared, if it cannot */
function readRecorded(folder: string): Recorded | string {
  try {
    const { summary } = readRun(folder);
    if (summary === undefined) return 'it has not ended';
    if (!isFinished(summary.stopReason)) return `it did not finish: it ${howItEnded(summary)}`;
    if (summary.test === undefined)
      return 'it was not tested: trials of a sweep are not, except for the best';
    if (kindOf(join(folder, PREDICTIONS_FILE)) !== 'file') {
      return `it has no ${PREDICTIONS_FILE}, which contains its predictions; use "inkling compare", which predicts again`;
    }
    const { labels, predictions } = readPredictionRecord(folder);
    return { dataset: summary.dataset, labels, predictions };
  } catch (error) {
    if (error instanceof InklingError) return messageOf(error);
    throw error;
  }
}

function howItEnded({ stopReason }: RunSummary): string {
  return stopReason === 'interrupted' ? 'was interrupted' : stopReason;
}

/** Records of earlier versions do not identify the images, and other shapes mean other pixels of the same images. */
function haveSameImages(a: Recorded, b: Recorded): boolean {
  const [first, second] = [a.dataset, b.dataset];
  const [identity, other] = [first.fingerprint?.test, second.fingerprint?.test];
  if (identity !== undefined && other !== undefined && areEqual(first.shape, second.shape)) {
    return identity === other;
  }
  return (
    first.name === second.name && areEqual(first.classes, second.classes) && areEqual(a.labels, b.labels)
  );
}
